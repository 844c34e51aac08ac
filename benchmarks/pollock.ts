import { openDoor } from '../test/damage/door.ts';
import { movedDelimiters, pollutedFiles } from '../test/damage/pollock.ts';
import { scoresOf, told, totalsOf } from '../test/damage/pollock-score.ts';

/** Prints what becomes of each polluted file, counted by pollution, and the rows that were altered or lost in silence. */
async function main(): Promise<void> {
  using door = openDoor();
  const start = performance.now();
  const scores = await scoresOf(door, pollutedFiles());
  const moved = await scoresOf(door, movedDelimiters());
  console.table(Object.fromEntries([...totalsOf(scores), ...totalsOf(moved)]));
  const silent = scores.filter(({ verdict }) => verdict === 'altered' || verdict === 'vanished');
  for (const score of silent) console.log(`${score.verdict}: ${told(score)}`);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${scores.length} files and ${moved.length} with a delimiter moved in ${seconds.toFixed(1)} s`);
}

await main();
