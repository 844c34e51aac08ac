import { expect } from 'vitest';
import { type FileScore, isOnLine, told } from './pollock-score.ts';

/** Of all rows of all files. */
const mostAlteredRows = 3;

/** No row vanishes, next to none is altered, every other one that is not loaded has its reason; one line costs one row. */
export function expectHonest(scores: readonly FileScore[]): void {
  expect(scores.filter(({ vanishedRows }) => vanishedRows > 0).map(told)).toEqual([]);
  const altered = scores.filter(({ alteredRows }) => alteredRows > 0);
  const alteredRows = altered.reduce((sum, score) => sum + score.alteredRows, 0);
  expect(alteredRows, altered.map(told).join('\n')).toBeLessThanOrEqual(mostAlteredRows);
  expect(scores.filter(({ verdict, detail }) => verdict === 'rejected' && detail === '').map(told)).toEqual([]);
  const onRow = scores.filter(({ file }) => isOnLine(file) && !file.name.startsWith('line 0,'));
  expect(onRow.filter(({ rejectedRows, file }) => file.name !== 'line 0' && rejectedRows !== 1).map(told)).toEqual([]);
}
