import { createZstdDecompress } from 'node:zlib';
import { InputError } from '../../errors.ts';
import { damagedError, type InflationLimits, InflationMeter, inflate, isInflationError } from '../inflate.ts';
import { NotZstdError, zstdPieces } from './zstd-frames.ts';

/**
 * Inflates zstd, all frames one after the other, with their checksums. Node's decompressor stops in silence after the first
 * frame when a chunk begins with the second, so each frame gets a decompressor of its own. Throws an InputError
 * that names the file when the data is cut off or damaged, when anything follows it, and when it passes the limits.
 */
export async function* unzstd(
  source: AsyncIterable<Buffer>,
  name: string,
  chunkBytes: number,
  limits: InflationLimits,
): AsyncGenerator<Buffer, void, void> {
  const meter = new InflationMeter(name, limits);
  const pieces = zstdPieces(source);
  try {
    for (let first = await pieces.next(); first.done !== true; first = await pieces.next()) {
      let piece = first.value;
      const frame = async function* (): AsyncGenerator<Buffer, void, void> {
        yield piece.bytes;
        while (!piece.endsFrame) {
          const next = await pieces.next();
          if (next.done === true) return;
          piece = next.value;
          yield piece.bytes;
        }
      };
      yield* inflate(frame(), createZstdDecompress({ chunkSize: Math.max(64, chunkBytes) }), meter);
      if (piece.endsFrame) continue;
      throw new InputError(`${name} is cut off in the middle of a zstd frame`, {
        remedy: 'Export or copy the file again; nothing was loaded from it.',
      });
    }
  } catch (error) {
    if (error instanceof NotZstdError) {
      throw new InputError(`${name} is damaged: ${error.message}`, {
        remedy: 'Export or copy the file again; something follows the end of its zstd data.',
        cause: error,
      });
    }
    throw isInflationError(error) ? damagedError(name, 'zstd', error) : error;
  } finally {
    await pieces.return();
  }
}
