import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CsvFileWriter } from '../../src/ingest/csv-file-writer.ts';
import { rfc4180 } from '../../src/ingest/record-scanner.ts';
import { type PassSettings, scanPass } from '../../src/ingest/scan-pass.ts';
import { scanSource } from '../../src/ingest/scan-source.ts';
import { SourceFile } from '../../src/ingest/source-file.ts';
import { header, makeFolder, readCells, recordCells } from './support.ts';

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
      const settings: PassSettings = {
        dialect: rfc4180,
        chunkBytes,
        maxRecordBytes: 1 << 20,
        maxInflatedBytes: 1 << 30,
        maxInflationRatio: 1000,
        onBytes: () => undefined,
      };
      const file = await SourceFile.open(await folder.write(name, text));
      const records = CsvFileWriter.create(folder.path, 'records', ',');
      const result = await scanPass(file, settings, { records, createMalformed: () => records });
      records.finish();
      await file.close();
      expect(result?.scanner.malformedCount).toBe(0);
      const columns = result?.columns ?? [];
      const rows = await readCells({
        path: records.path,
        delimiter: ',',
        columns: ['source_row', 'source_line', ...columns.map((_, at) => `c${at}`)],
        skipLines: 0,
        longestRecordBytes: records.longestRecordBytes,
        recordCount: records.recordCount,
        hasPosition: true,
      });
      const objects = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at + 2]])));
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
  expect(await recordCells(source)).toEqual(strings.map((text) => ['x', '2021-01-01', text, text, '1']));
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
  const rows = await recordCells(source);
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row[source.mapping.sales]) * 100), 0);
  expect(cents).toBe(670_902_043);
});
