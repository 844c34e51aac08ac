import { createGunzip, type Gunzip } from 'node:zlib';
import { InputError } from '../errors.ts';

export interface InflationLimits {
  /** Uncompressed bytes. */
  readonly maxInflatedBytes: number;
  /** Uncompressed bytes per compressed byte; only looked at beyond 64 MiB. */
  readonly maxInflationRatio: number;
}

const ratioFromBytes = 64 * 2 ** 20;

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
  let compressedBytes = 0;
  const feed = async (): Promise<void> => {
    for await (const chunk of source) {
      compressedBytes += chunk.length;
      // Asks for the next chunk only when this one is used up: the source reuses its buffers.
      await write(inflater, chunk);
      if (inflater.destroyed && !inflater.readableEnded) return;
    }
    inflater.end();
  };
  // The loop below hears of a failure too, through the stream that is destroyed.
  const feeding = feed().catch((error: unknown) => {
    inflater.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  let inflatedBytes = 0;
  try {
    for await (const chunk of inflater) {
      inflatedBytes += chunk.length;
      checkLimits(name, inflatedBytes, compressedBytes, limits);
      yield chunk;
    }
    await feeding;
  } catch (error) {
    throw isZlibError(error) ? damagedError(name, error) : error;
  } finally {
    inflater.destroy();
    await feeding;
  }
  const rest = compressedBytes - inflater.bytesWritten;
  if (rest > 0) {
    throw new InputError(`${name} has ${rest} or more bytes after the end of its gzip data`, {
      remedy: 'Export or copy the file again; it is damaged.',
    });
  }
}

/** Resolves when the chunk is used up, and when the inflater has come to its end, good or bad, and will take no more. */
function write(inflater: Gunzip, chunk: Buffer): Promise<void> {
  if (inflater.destroyed || inflater.readableEnded) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      inflater.off('close', done).off('end', done);
      resolve();
    };
    inflater.once('close', done).once('end', done);
    // A failure comes out of the inflater itself, as an error of the loop that reads it.
    inflater.write(chunk, done);
  });
}

function checkLimits(name: string, inflated: number, compressed: number, limits: InflationLimits): void {
  const { maxInflatedBytes, maxInflationRatio } = limits;
  const tooMuch =
    inflated > maxInflatedBytes
      ? `more than ${maxInflatedBytes.toLocaleString('en-US')} bytes`
      : inflated > ratioFromBytes && inflated > compressed * maxInflationRatio
        ? `more than ${maxInflationRatio.toLocaleString('en-US')} times its size`
        : undefined;
  if (tooMuch === undefined) return;
  throw new InputError(`${name} inflates to ${tooMuch}: stopped`, {
    remedy: 'If the file is genuine, decompress it yourself and name the result.',
  });
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function damagedError(name: string, cause: Error): InputError {
  const isCut = 'code' in cause && cause.code === 'Z_BUF_ERROR';
  return new InputError(`${name} is ${isCut ? 'cut off' : 'damaged'}: gzip says "${cause.message}"`, {
    remedy: 'Export or copy the file again; nothing was loaded from it.',
    cause,
  });
}
