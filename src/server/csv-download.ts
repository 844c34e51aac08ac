import type { Column, Row } from '../engines/result-set.ts';
import { csvWriter } from '../export/csv-record.ts';
import type { Lease } from './published-data.ts';

const encoder = new TextEncoder();

/** A table in pieces, on its way to a client. */
export interface Download {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterator<readonly Row[]>;
  /** What is held until the last piece is sent. */
  release(): void;
}

/** CSV as the export writes it: RFC 4180, text that a spreadsheet would compute has an apostrophe before it. */
export function csvStream({ columns, rows, release }: Download): ReadableStream<Uint8Array> {
  const writer = csvWriter(columns, false);
  const pieces: AsyncIterator<string> = {
    next: async () => {
      const next = await rows.next();
      return next.done === true ? next : { value: next.value.map((row) => writer.record(row)).join('') };
    },
    return: async () => {
      await rows.return?.();
      return { done: true, value: undefined };
    },
  };
  return textStream({ head: writer.header, pieces, release });
}

/** Text in pieces, on its way to a client. */
interface TextDownload {
  /** Sent before the pieces. */
  readonly head: string;
  readonly pieces: AsyncIterator<string>;
  /** What is held until the last piece is sent. */
  release(): void;
}

export function textStream({ head, pieces, release }: TextDownload): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (next.done === true) {
          release();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        release();
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return?.();
      release();
    },
  });
}

export function csvHeaders(name: string): Record<string, string> {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]+/g, '-')}.csv"`,
  };
}

/** Gives back everything that a download holds, once. */
export function releaseAll(lease: Lease, leave: () => void): () => void {
  return () => {
    leave();
    lease.release();
  };
}
