import type { Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { InputError } from '../errors.ts';
import type { CopiedTable } from './copied-table.ts';
import { assertUnchanged, changedError, type FileIdentity, identityOf, sameIdentity } from './file-identity.ts';
import { assertRegular } from './resolve-sources.ts';

/** An open input file, whose state is remembered from the moment it was opened. */
export class SourceFile {
  /** Real path: links resolved. */
  readonly path: string;
  /** Base name, or that of the table, for people. */
  readonly name: string;
  /** Where the file is the copy of a database table: what is known of it. */
  readonly table: CopiedTable | undefined;
  readonly bytes: number;
  readonly identity: FileIdentity;
  readonly isGzip: boolean;
  readonly #handle: FileHandle;

  private constructor(
    path: string,
    handle: FileHandle,
    { identity, isGzip, table }: { identity: FileIdentity; isGzip: boolean; table: CopiedTable | undefined },
  ) {
    this.path = path;
    this.name = table?.name ?? basename(path);
    this.table = table;
    this.bytes = Number(identity.size);
    this.identity = identity;
    this.isGzip = isGzip;
    this.#handle = handle;
  }

  /** Throws an InputError if the file cannot be read or is not a regular one. */
  static async open(path: string, table?: CopiedTable): Promise<SourceFile> {
    let handle: FileHandle | undefined;
    try {
      const real = await realpath(path);
      // A named pipe would block for ever without O_NONBLOCK; a regular file does not care.
      handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const stats = await handle.stat({ bigint: true });
      assertRegular(stats, path);
      const magic = Buffer.alloc(2);
      const { bytesRead } = await handle.read(magic, 0, 2, 0);
      const isGzip = bytesRead === 2 && magic.readUInt16BE() === 0x1f8b;
      return new SourceFile(real, handle, { identity: identityOf(stats), isGzip, table });
    } catch (error) {
      await handle?.close();
      if (error instanceof InputError) throw error;
      throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        remedy: 'Check the path and its permissions.',
        cause: error,
      });
    }
  }

  /** Up to `bytes` bytes from the beginning, for a first look. */
  async head(bytes: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.min(bytes, this.bytes));
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  }

  /**
   * The bytes on disk from the beginning, which `hash`, if given, sees as well. Two buffers take turns: a chunk is valid until the
   * next one is asked for.
   */
  async *chunks(chunkBytes: number, hash?: Hash): AsyncGenerator<Buffer, void, void> {
    let current = Buffer.allocUnsafeSlow(chunkBytes);
    let other = Buffer.allocUnsafeSlow(chunkBytes);
    let position = 0;
    let pending = this.#handle.read(current, 0, chunkBytes, position);
    try {
      for (;;) {
        const { bytesRead } = await pending;
        if (bytesRead === 0) return;
        position += bytesRead;
        if (position > this.bytes) throw changedError(this.name, `${this.bytes} bytes became more`);
        pending = this.#handle.read(other, 0, chunkBytes, position);
        const chunk = current.subarray(0, bytesRead);
        hash?.update(chunk);
        yield chunk;
        [current, other] = [other, current];
      }
    } finally {
      await pending.catch(() => undefined);
    }
  }

  /** Of the open file, for libraries that read at any place; not theirs to close. */
  get descriptor(): number {
    return this.#handle.fd;
  }

  /** Throws an InputError if the file, or what its path leads to, is not what was opened. */
  async assertUnchanged(): Promise<void> {
    const now = identityOf(await this.#handle.stat({ bigint: true }));
    await assertUnchanged(this.path, this.identity);
    if (!sameIdentity(now, this.identity)) throw changedError(this.name, 'it was written to');
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
