import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RunError } from '../errors.ts';
import { sampleRows } from './sample-rows.ts';
import { type SampleTruth, type TruthTally, truthTally } from './sample-truth.ts';
import type { ShopOptions } from './shop-options.ts';
import { type ShopSettings, shopSettings } from './shop-settings.ts';

/** The header of the original project's file; the first column is a row number. */
export const sampleHeader = 'Unnamed: 0,Date,Customer ID,Order ID,Sales';

const chunkCharacters = 1 << 16;

/**
 * Writes the orders of a simulated shop as CSV and says what is true of them. A file of that name is replaced as a whole
 * at the end: whoever reads the path meets the old file or the new one, never half of it.
 * @throws {UsageError} when an option is not possible.
 * @throws {RunError} when the file cannot be written.
 */
export async function writeSample(path: string, options: ShopOptions = {}): Promise<SampleTruth> {
  const settings = shopSettings(options);
  const tally = truthTally(settings);
  const unfinished = `${path}.unfinished`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(Readable.from(csvChunks(settings, tally)), createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new RunError(`${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      remedy: 'Give a path in a folder where you may write, on a disk with room for it.',
    });
  }
  return tally.total();
}

function* csvChunks(settings: ShopSettings, tally: TruthTally): Generator<string> {
  let chunk = `${sampleHeader}\n`;
  let index = 0;
  for (const row of sampleRows(settings)) {
    tally.add(row);
    chunk += `${index++},${row.fields.join(',')}\n`;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
