import { open } from 'node:fs/promises';

/** Characters that are gathered before they are written. */
const BLOCK_CHARACTERS = 1 << 18;

/** Writes text that arrives in pieces into a new file that belongs to its user alone. */
export async function writeText(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let block = '';
    for await (const piece of pieces) {
      block += piece;
      if (block.length < BLOCK_CHARACTERS) continue;
      await file.appendFile(block);
      block = '';
    }
    await file.appendFile(block);
  } finally {
    await file.close();
  }
}
