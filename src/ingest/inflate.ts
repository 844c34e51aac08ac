import type { Transform } from 'node:stream';
import { InputError } from '../errors.ts';

export interface InflationLimits {
  /** Uncompressed bytes. */
  readonly maxInflatedBytes: number;
  /** Uncompressed bytes per compressed byte; only looked at beyond 64 MiB. */
  readonly maxInflationRatio: number;
}

/** What is needed of the streams of node:zlib. */
export type Inflater = Transform & { readonly bytesWritten: number };

const ratioFromBytes = 64 * 2 ** 20;

/** Counts what goes into and comes out of a decompression, and stops it at the limits. */
export class InflationMeter {
  compressedBytes = 0;
  inflatedBytes = 0;
  readonly #name: string;
  readonly #limits: InflationLimits;

  constructor(name: string, limits: InflationLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  /** @throws InputError when that is more than the limits allow. */
  addInflated(bytes: number): void {
    this.inflatedBytes += bytes;
    const { maxInflatedBytes, maxInflationRatio } = this.#limits;
    const tooMuch =
      this.inflatedBytes > maxInflatedBytes
        ? `more than ${maxInflatedBytes.toLocaleString('en-US')} bytes`
        : this.inflatedBytes > ratioFromBytes && this.inflatedBytes > this.compressedBytes * maxInflationRatio
          ? `more than ${maxInflationRatio.toLocaleString('en-US')} times its size`
          : undefined;
    if (tooMuch === undefined) return;
    throw new InputError(`${this.#name} inflates to ${tooMuch}: stopped`, {
      remedy: 'If the file is genuine, decompress it yourself and name the result.',
    });
  }
}

/** What comes out of `inflater` when `source` goes in; errors of zlib come out as they are. The source may reuse its buffers. */
export async function* inflate(
  source: AsyncIterable<Buffer>,
  inflater: Inflater,
  meter: InflationMeter,
): AsyncGenerator<Buffer, void, void> {
  const feed = async (): Promise<void> => {
    for await (const chunk of source) {
      meter.compressedBytes += chunk.length;
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
  try {
    for await (const chunk of inflater) {
      meter.addInflated(chunk.length);
      yield chunk;
    }
    await feeding;
  } finally {
    inflater.destroy();
    await feeding;
  }
}

/** Resolves when the chunk is used up, and when the inflater has come to its end, good or bad, and will take no more. */
function write(inflater: Inflater, chunk: Buffer): Promise<void> {
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

/** True for what node:zlib throws on data that is cut off or damaged. */
export function isInflationError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z(STD)?_/.test(error.code);
}

/** The error for compressed data that is cut off or damaged; `tool` is the format's name. */
export function damagedError(name: string, tool: string, cause: Error & { readonly code: string }): InputError {
  const isCut = cause.code === 'Z_BUF_ERROR';
  return new InputError(`${name} is ${isCut ? 'cut off' : 'damaged'}: ${tool} says "${cause.message}"`, {
    remedy: 'Export or copy the file again; nothing was loaded from it.',
    cause,
  });
}
