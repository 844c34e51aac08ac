import { createGunzip } from 'node:zlib';
import { InputError } from '../errors.ts';
import { damagedError, type InflationLimits, InflationMeter, inflate, isInflationError } from './inflate.ts';

export type { InflationLimits } from './inflate.ts';

/**
 * Inflates gzip, all members one after the other, with checksums and lengths verified. Throws an InputError that names
 * the file when the data is cut off or damaged, when anything follows it, and when it passes the limits.
 */
export async function* gunzip(
  source: AsyncIterable<Buffer>,
  name: string,
  chunkBytes: number,
  limits: InflationLimits,
): AsyncGenerator<Buffer, void, void> {
  const inflater = createGunzip({ chunkSize: Math.max(64, chunkBytes) });
  const meter = new InflationMeter(name, limits);
  try {
    yield* inflate(source, inflater, meter);
  } catch (error) {
    throw isInflationError(error) ? damagedError(name, 'gzip', error) : error;
  }
  const rest = meter.compressedBytes - inflater.bytesWritten;
  if (rest > 0) {
    throw new InputError(`${name} has ${rest} or more bytes after the end of its gzip data`, {
      remedy: 'Export or copy the file again; it is damaged.',
    });
  }
}
