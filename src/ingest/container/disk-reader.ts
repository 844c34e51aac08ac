import { createHash } from 'node:crypto';
import { CancelledError } from '../../errors.ts';
import type { SourceFile } from '../source-file.ts';
import type { ContentOptions } from './content.ts';

/** Reads a file's bytes for a container: hashed on the way, cancellable, with progress. */
export class DiskReader {
  readonly file: SourceFile;
  readonly #options: ContentOptions;
  #sha256: string | undefined;

  constructor(file: SourceFile, options: ContentOptions) {
    this.file = file;
    this.#options = options;
  }

  /** All bytes from the beginning; a chunk is valid until the next is asked for. */
  async *chunks(): AsyncGenerator<Buffer, void, void> {
    const hash = this.#sha256 === undefined ? createHash('sha256') : undefined;
    let doneBytes = 0;
    for await (const chunk of this.file.chunks(this.#options.chunkBytes, hash)) {
      this.throwIfCancelled();
      yield chunk;
      doneBytes += chunk.length;
      this.report(doneBytes);
    }
    if (hash !== undefined) this.#sha256 = hash.digest('hex');
  }

  /** Of all bytes, in hex; reads the file only if no read has come to its end yet. */
  async sha256(): Promise<string> {
    if (this.#sha256 === undefined) {
      const hash = createHash('sha256');
      for await (const _ of this.file.chunks(this.#options.chunkBytes, hash)) this.throwIfCancelled();
      this.#sha256 = hash.digest('hex');
    }
    return this.#sha256;
  }

  /** Tells how many bytes on disk are used up. */
  report(doneBytes: number): void {
    this.#options.onBytes?.(Math.min(doneBytes, this.file.bytes));
  }

  throwIfCancelled(): void {
    const { signal } = this.#options;
    if (signal?.aborted !== true) return;
    throw signal.reason instanceof CancelledError ? signal.reason : new CancelledError();
  }
}
