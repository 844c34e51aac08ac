import { crc32 } from 'node:zlib';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { didYouMean } from '../../did-you-mean.ts';
import { InputError, PipelineError } from '../../errors.ts';
import { InflationMeter } from '../inflate.ts';
import { type ContentOptions, optionNames } from './content.ts';
import type { DiskReader } from './disk-reader.ts';

const maxMembers = 10_000;
const shownMembers = 20;
const readable = new Map([
  [0, 'stored'],
  [8, 'deflate'],
]);

/** A zip archive, as its directory at the end describes it. */
export class ZipArchive {
  readonly #disk: DiskReader;
  readonly #options: ContentOptions;
  readonly #zip: ZipFile;
  readonly entries: readonly Entry[];

  private constructor(disk: DiskReader, options: ContentOptions, zip: ZipFile, entries: readonly Entry[]) {
    this.#disk = disk;
    this.#options = options;
    this.#zip = zip;
    this.entries = entries;
  }

  /** @throws InputError when the archive is cut off or damaged. */
  static async open(disk: DiskReader, options: ContentOptions): Promise<ZipArchive> {
    const { file } = disk;
    const entries: Entry[] = [];
    try {
      const zip = await fromFdPromise(file.descriptor, { autoClose: false, lazyEntries: true });
      for await (const entry of zip.eachEntry()) {
        disk.throwIfCancelled();
        entries.push(entry);
        if (entries.length > maxMembers) throw new Error(`more than ${maxMembers.toLocaleString('en-US')} members`);
      }
      return new ZipArchive(disk, options, zip, entries);
    } catch (error) {
      throw error instanceof PipelineError ? error : damagedZipError(file.name, error);
    }
  }

  get isWorkbook(): boolean {
    return (
      this.find('[Content_Types].xml') !== undefined && this.entries.some(({ fileName }) => /^xl\//i.test(fileName))
    );
  }

  /** The member of exactly this path. */
  find(path: string): Entry | undefined {
    return this.entries.find(({ fileName }) => fileName === path);
  }

  /** Members that may be tables: no folders, and nothing that systems put there for themselves. */
  get tables(): readonly Entry[] {
    return this.entries.filter(({ fileName }) => {
      const parts = fileName.split('/');
      const isOwn = parts.every(
        (part) => part !== '__MACOSX' && !part.startsWith('.') && !/^(thumbs\.db|desktop\.ini)$/i.test(part),
      );
      return isOwn && parts.at(-1) !== '';
    });
  }

  /** The one table, or the one that the options name. Throws an InputError that lists them when that is not one. */
  choose(): Entry {
    const { name } = this.#disk.file;
    const { member } = this.#options;
    const { tables } = this;
    const names = tables.map(({ fileName }) => fileName);
    if (member === undefined) {
      const [only, ...others] = tables;
      if (only === undefined) {
        throw new InputError(`${name} is a zip archive without a file in it`, {
          remedy: 'Check that the export was complete.',
        });
      }
      if (others.length === 0) return only;
      throw new InputError(`${name} holds ${tables.length} files: ${listed(names)}`, {
        remedy: `Say which with ${optionNames.member} ${JSON.stringify(names[0])}, or unpack it and name them all.`,
      });
    }
    const matching = tables.filter(({ fileName }) => fileName === member || fileName.endsWith(`/${member}`));
    const exact =
      matching.find(({ fileName }) => fileName === member) ?? (matching.length === 1 ? matching[0] : undefined);
    if (exact !== undefined) return exact;
    const count = matching.length > 1 ? `${matching.length} files called` : 'no file called';
    throw new InputError(`${name} holds ${count} ${JSON.stringify(member)}${didYouMean(member, names)}`, {
      remedy: `It holds ${listed(names)}.`,
    });
  }

  /** The member's bytes, its length and checksum verified. A chunk is valid until the next is asked for. */
  async *read(entry: Entry): AsyncGenerator<Buffer, void, void> {
    const { file } = this.#disk;
    const name = `${entry.fileName} in ${file.name}`;
    assertReadable(entry, name);
    const meter = new InflationMeter(name, this.#options.limits);
    meter.compressedBytes = entry.compressedSize;
    let checksum = 0;
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        this.#disk.throwIfCancelled();
        if (!Buffer.isBuffer(chunk)) throw new Error(`no bytes from ${name}`);
        meter.addInflated(chunk.length);
        checksum = crc32(chunk, checksum);
        yield chunk;
        this.#disk.report(Math.floor((file.bytes * meter.inflatedBytes) / Math.max(1, entry.uncompressedSize)));
      }
    } catch (error) {
      if (error instanceof PipelineError) throw error;
      throw damagedZipError(name, error);
    }
    if (checksum !== entry.crc32) throw damagedZipError(name, new Error('wrong checksum'));
    this.#disk.report(file.bytes);
  }

  /** Throws an InputError when all members together inflate to more than the limits allow. */
  assertWithinLimits(): void {
    const meter = new InflationMeter(this.#disk.file.name, this.#options.limits);
    meter.compressedBytes = this.#disk.file.bytes;
    for (const { uncompressedSize } of this.entries) meter.addInflated(uncompressedSize);
  }
}

function assertReadable(entry: Entry, name: string): void {
  if (entry.isEncrypted()) {
    throw new InputError(`${name} is encrypted`, { remedy: 'Unpack it with its password, then name the file.' });
  }
  if (readable.has(entry.compressionMethod)) return;
  throw new InputError(`${name} is compressed by method ${entry.compressionMethod}, which is not read`, {
    remedy: 'Unpack it yourself, then name the file; only stored and deflated members are read.',
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, shownMembers).map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function damagedZipError(name: string, cause: unknown): InputError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InputError(`${name} is cut off or damaged: ${reason}`, {
    remedy: 'Export or copy the file again; nothing was loaded from it.',
    cause,
  });
}
