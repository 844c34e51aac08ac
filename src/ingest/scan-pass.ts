import type { Content } from './container/content.ts';
import { LineSkipper } from './line-skipper.ts';
import { type Dialect, RecordScanner, type RecordSink } from './record-scanner.ts';
import { textChunks } from './text-chunks.ts';
import type { TextEncoding } from './text-encoding.ts';
import { transcode } from './transcode.ts';

export interface PassSettings {
  readonly dialect: Dialect;
  /** Physical line of the header, from 1; what stands above is passed over. */
  readonly headerLine: number;
  /** Undefined: what the first bytes announce, else UTF-8. */
  readonly encoding: TextEncoding | undefined;
  readonly maxRecordBytes: number;
  readonly chunkBytes: number;
}

/** What one pass over a file found. */
export interface PassResult {
  readonly scanner: RecordScanner;
  readonly hasByteOrderMark: boolean;
  readonly encoding: TextEncoding;
}

export interface PassHooks {
  readonly sink: RecordSink;
  /** Sees the bytes before they are decoded. */
  readonly onBytes?: (chunk: Buffer) => void;
  /** Asked after each chunk; false ends the pass. */
  readonly mayGoOn?: (scanner: RecordScanner, encoding: TextEncoding) => boolean;
}

/** Reads the content once, record by record. Undefined where `mayGoOn` has ended the pass. */
export async function scanPass(
  name: string,
  content: Content,
  settings: PassSettings,
  hooks: PassHooks,
): Promise<PassResult | undefined> {
  const { dialect, maxRecordBytes, chunkBytes, headerLine } = settings;
  const scanner = new RecordScanner(hooks.sink, dialect, maxRecordBytes, headerLine);
  const skipper = new LineSkipper(headerLine - 1);
  const window = Buffer.allocUnsafeSlow(maxRecordBytes + chunkBytes + 16);
  let start = 0;
  let end = 0;
  let hasByteOrderMark = false;
  let encoding: TextEncoding = settings.encoding ?? 'utf-8';
  const found = (): void => {
    hasByteOrderMark = true;
  };
  const announced = (found: TextEncoding): void => {
    encoding = found;
  };
  const mayGoOn = (): boolean => hooks.mayGoOn?.(scanner, encoding) ?? true;
  const decoded = transcode(name, watched(content, hooks), settings.encoding, announced);
  for await (const chunk of textChunks(name, decoded, found)) {
    const text = skipper.isDone ? chunk : chunk.subarray(skipper.skip(chunk));
    for (let taken = 0; taken < text.length; ) {
      window.copyWithin(0, start, end);
      end -= start;
      start = 0;
      const copied = text.copy(window, end, taken);
      taken += copied;
      end += copied;
      start = scanner.scan(window, start, end, false);
    }
    if (!mayGoOn()) return undefined;
  }
  scanner.scan(window, start, end, true);
  return mayGoOn() ? { scanner, hasByteOrderMark, encoding } : undefined;
}

async function* watched(content: Content, { onBytes }: PassHooks): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of content.chunks()) {
    onBytes?.(chunk);
    yield chunk;
  }
}
