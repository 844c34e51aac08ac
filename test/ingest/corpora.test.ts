import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openContent } from '../../src/ingest/container/open-content.ts';
import { CsvFileWriter } from '../../src/ingest/csv-file-writer.ts';
import { HeaderSink } from '../../src/ingest/header-sink.ts';
import { recordCells } from '../../src/ingest/record-cells.ts';
import { rfc4180 } from '../../src/ingest/record-scanner.ts';
import { type PassSettings, scanPass } from '../../src/ingest/scan-pass.ts';
import { scanSource } from '../../src/ingest/scan-source.ts';
import { SourceFile } from '../../src/ingest/source-file.ts';
import { header, makeFolder, readCells, recordCells as recordTexts } from './support.ts';

/** Copies the cells of all records into a file of our own; returns what the engine reads there. */
class CopyingSink extends HeaderSink {
  readonly #output: CsvFileWriter;

  constructor(name: string, output: CsvFileWriter) {
    super(name, rfc4180);
    this.#output = output;
  }

  wellFormed(bytes: Buffer, start: number, end: number): void {
    this.#output.writeCells(recordCells(bytes.toString('utf8', start, end), this.dialect));
  }
}

async function copyRecords(path: string, folder: string, chunkBytes: number) {
  const settings: PassSettings = {
    dialect: rfc4180,
    headerLine: 1,
    encoding: 'utf-8',
    chunkBytes,
    maxRecordBytes: 1 << 20,
  };
  const file = await SourceFile.open(path);
  const limits = { maxInflatedBytes: 1 << 30, maxInflationRatio: 1000 };
  const content = await openContent(file, { chunkBytes, limits, tempDir: folder });
  const output = CsvFileWriter.create(folder, 'records', ',');
  const sink = new CopyingSink(file.name, output);
  const result = await scanPass(file.name, content, settings, { sink });
  output.finish();
  await file.close();
  const { columns } = sink;
  const rows = await readCells({
    path: output.path,
    delimiter: ',',
    columns: columns.map((_, at) => `c${at}`),
    skipLines: 0,
    longestRecordBytes: output.longestRecordBytes,
    recordCount: output.recordCount,
    hasPosition: true,
  });
  return { columns, rows, malformedCount: result?.scanner.malformedCount };
}

const data = join(import.meta.dirname, '../../../shared/data');
const skipIfAbsent = test.skipIf(!existsSync(data));
const reason = existsSync(data) ? '' : ' (skipped: ../shared/data is absent)';

skipIfAbsent(`[C15] csv-spectrum is read exactly${reason}`, async () => {
  await using folder = await makeFolder();
  const names = (await readdir(join(data, 'csv-spectrum/csvs'))).filter((name) => name.endsWith('.csv'));
  expect(names).toHaveLength(11);
  for (const name of names) {
    let text = await readFile(join(data, 'csv-spectrum/csvs', name), 'utf8');
    if (name.includes('_crlf')) text = text.replace(/\r?\n/g, '\r\n');
    const expected: unknown = JSON.parse(
      await readFile(join(data, 'csv-spectrum/json', name.replace('.csv', '.json')), 'utf8'),
    );
    for (const chunkBytes of [1, 3, 1 << 20]) {
      const { columns, rows, malformedCount } = await copyRecords(
        await folder.write(name, text),
        folder.path,
        chunkBytes,
      );
      expect(malformedCount).toBe(0);
      const objects = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
      // The JSON of the _crlf files was lost its CRs together with the files'.
      const wanted: unknown = name.includes('_crlf')
        ? JSON.parse(JSON.stringify(expected).replace(/(?:\\r)?\\n/g, '\\r\\n'))
        : expected;
      expect(objects, name).toEqual(wanted);
    }
  }
});

skipIfAbsent(`[C13] naughty strings as customer and order ids come out as they went in${reason}`, async () => {
  await using folder = await makeFolder();
  const parsed: unknown = JSON.parse(await readFile(join(data, 'naughty-strings.json'), 'utf8'));
  const strings = Array.isArray(parsed) ? parsed.map(String) : [];
  expect(strings).toHaveLength(515);
  const records = strings.map(
    (text) => `x,2021-01-01,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}",1\n`,
  );
  const source = await folder.scan(header + records.join(''));
  expect(source.malformedCount).toBe(0);
  expect(await recordTexts(source)).toEqual(strings.map((text) => ['x', '2021-01-01', text, text, '1']));
});

skipIfAbsent(`the original's file is plain: 40,000 records read in place${reason}`, async () => {
  await using folder = await makeFolder();
  const path = join(data, 'hec_orders.csv');
  const source = await scanSource(path, { tempDir: folder.path });
  expect(source).toMatchObject({ recordCount: 40_000, malformedCount: 0, blankCount: 0, warnings: [] });
  expect(source.records.hasPosition).toBe(false);
  expect(source.sha256).toBe(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );
  const rows = await recordTexts(source, ['sales_text']);
  const cents = rows.reduce((sum, [sales]) => sum + Math.round(Number(sales) * 100), 0);
  expect(cents).toBe(670_902_043);
});
