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
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(writer.header));
    },
    async pull(controller) {
      try {
        const next = await rows.next();
        if (next.done === true) {
          release();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(next.value.map((row) => writer.record(row)).join('')));
      } catch (error) {
        release();
        controller.error(error);
      }
    },
    async cancel() {
      await rows.return?.();
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
