import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CsvFile } from '../../src/engines/csv-file.ts';
import { PipelineError } from '../../src/errors.ts';
import type { TextColumn } from '../../src/ingest/raw-table.ts';
import { type ScannedSource, type ScanOptions, scanSource } from '../../src/ingest/scan-source.ts';
import { parseCsv } from './csv-text.ts';
import { type DoorRecord, judge, type Verdicts } from './staging-rules.ts';

/** What became of a file at the door. */
export type Outcome =
  | { readonly kind: 'refused'; readonly error: PipelineError }
  | ({ readonly kind: 'read'; readonly source: ScannedSource } & Verdicts);

export interface Door extends Disposable {
  readonly folder: string;
  /** Scans the bytes as a file; throws what is no error for users, and where counts do not balance. */
  take(content: string | Uint8Array, options?: Partial<ScanOptions>): Promise<Outcome>;
}

/** A door with a temporary folder. */
export function openDoor(): Door {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'door-')));
  const path = join(folder, 'orders.csv');
  return {
    folder,
    take: async (content, options = {}) => {
      writeFileSync(path, content);
      const tempDir = mkdtempSync(join(folder, 'canonical-'));
      try {
        const source = await scanSource(path, { tempDir, chunkBytes: 65_536, maxRecordBytes: 65_536, ...options });
        const { records, malformed } = readScanned(source);
        const verdicts = judge(records, source.understanding.layout.grain === 'line');
        const reasons = new Map([...verdicts.reasons, ...malformed].sort(([a], [b]) => a - b));
        return { kind: 'read', source, loaded: verdicts.loaded, reasons };
      } catch (error) {
        if (error instanceof PipelineError) return { kind: 'refused', error };
        throw error;
      } finally {
        rmSync(tempDir, { recursive: true });
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Scanned {
  readonly records: readonly DoorRecord[];
  /** What is wrong with damaged lines, by line. */
  readonly malformed: ReadonlyMap<number, string>;
}

/** All that the door hands on; throws where it is not what the door has counted. */
function readScanned(source: ScannedSource): Scanned {
  const { recordColumns } = source;
  const records = cellsOf(source.records).map(({ line, cells }) => {
    const texts: Partial<Record<TextColumn, string>> = {};
    for (const [at, column] of recordColumns.entries()) {
      if (column !== undefined) texts[column] = cells[at] ?? '';
    }
    return { line, texts };
  });
  const malformed = new Map<number, string>();
  for (const { line, cells } of source.malformed === undefined ? [] : cellsOf(source.malformed)) {
    malformed.set(line, cells[2] || (cells[0] ?? ''));
  }
  const { recordCount, wellFormedCount, malformedCount } = source;
  if (
    records.length !== wellFormedCount ||
    malformed.size !== malformedCount ||
    wellFormedCount + malformedCount !== recordCount
  ) {
    const held = `${records.length} records and ${malformed.size} damaged lines`;
    throw new Error(`${held} are written, ${wellFormedCount} and ${malformedCount} of ${recordCount} counted`);
  }
  return { records, malformed };
}

function cellsOf(file: CsvFile): { line: number; cells: string[] }[] {
  const rows = parseCsv(readFileSync(file.path, 'utf8'), file.delimiter).slice(file.skipLines);
  if (rows.length !== file.recordCount) throw new Error(`${rows.length} records in a file of ${file.recordCount}`);
  return rows.map((cells, at) => {
    if (cells.length !== file.columns.length) throw new Error(`${cells.length} cells in record ${at + 1}`);
    return file.hasPosition ? { line: Number(cells[1]), cells: cells.slice(2) } : { line: at + 2, cells };
  });
}
