import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { header, makeFolder, malformedCells, recordCells } from './support.ts';

const good = '0,2021-01-01,C1,1,10.00\n';
const customers = async (source: Parameters<typeof recordCells>[0]): Promise<(string | null | undefined)[]> =>
  (await recordCells(source, ['customer_id_text'])).map(([customer]) => customer);

test('[C04] windows-1252 is detected by the bytes of the whole file, decoded and stated', async () => {
  await using folder = await makeFolder();
  const line = Buffer.from('1,2021-01-02,M\xfcller \x80,2,5\n', 'latin1');
  // The bytes that tell are far behind the first ones that are looked at.
  for (const before of [0, 1, 4000]) {
    const content = Buffer.concat([Buffer.from(header + good.repeat(before)), line, Buffer.from(good)]);
    for (const bytes of [content, gzipSync(content)]) {
      const source = await folder.scan(bytes);
      expect(source).toMatchObject({ encoding: 'windows-1252', malformedCount: 0, recordCount: before + 2 });
      expect(source.encodingEvidence).toMatch(/^windows-1252: 2 bytes that UTF-8 does not allow/);
      expect(source.warnings).toContain('read as WINDOWS-1252');
      expect((await customers(source))[before]).toBe('Müller €');
    }
  }
});

test('[C04] a declared encoding is taken, and a name that means none is a usage error', async () => {
  await using folder = await makeFolder();
  const latin2 = Buffer.from('1,2021-01-02,\xa3\xf3d\xbc,2,5\n', 'latin1');
  const content = Buffer.concat([Buffer.from(header), latin2]);
  const source = await folder.scan(content, { encoding: 'iso-8859-2' });
  expect(source).toMatchObject({ encoding: 'iso-8859-2', encodingEvidence: 'declared' });
  expect(await customers(source)).toEqual(['Łódź']);
  expect(await customers(await folder.scan(content, { encoding: 'latin1' }))).toEqual(['£ód¼']);
  const error = await folder.scanError(content, { encoding: 'latin-77' });
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toContain('"latin-77" is not the name of a text encoding');
});

test('[C05] [C14] a file that is UTF-8 but for a few bytes loses their lines only, wherever they are', async () => {
  await using folder = await makeFolder();
  const bad = Buffer.from('9,2021-01-02,\xff,2,5\n', 'latin1');
  for (const before of [1, 4000]) {
    const content = [Buffer.from(header), Buffer.from('0,2021-01-01,Zoë,1,1\n'.repeat(before)), bad, Buffer.from(good)];
    const source = await folder.scan(Buffer.concat(content));
    expect(source).toMatchObject({ encoding: 'utf-8', malformedCount: 1, invalidUtf8Count: 1 });
    expect(await malformedCells(source)).toEqual([
      [`${before + 1}`, `${before + 2}`, 'invalid UTF-8', '9,2021-01-02,\ufffd,2,5'],
    ]);
    expect((await customers(source)).at(-1)).toBe('C1');
  }
});

test('[C02] [C03] UTF-16 with notes above and another delimiter is read through the same door', async () => {
  await using folder = await makeFolder();
  const text = `Orders of Łódź\r\n\r\nDate;Customer ID;Order ID;Sales\r\n2021-01-02;Zażółć;7;"12,50"\r\n`;
  for (const mark of ['\ufeff', '']) {
    const little = Buffer.from(mark + text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const source = await folder.scan(bytes);
      expect(source).toMatchObject({ delimiter: ';', headerLine: 3, recordCount: 1 });
      expect(source.encoding).toMatch(/^utf-16[lb]e$/);
      expect(await customers(source)).toEqual(['Zażółć']);
    }
  }
});

test('[C11] --require-final-newline fails a file that may have been cut, and no other', async () => {
  await using folder = await makeFolder();
  const requireFinalNewline = true;
  const cut = `${header}${good}1,2021-01-02,C2,2,12`;
  for (const text of [cut, cut.replaceAll('\n', '\r\n'), cut.replace('10.00', '$10.00'), gzipSync(cut)]) {
    const error = await folder.scanError(text, { requireFinalNewline });
    expect(error.message).toMatch(/does not end with a line end: possibly a partial file/);
    expect(error.remedy.join()).toContain('--require-final-newline');
    expect((await folder.scan(text)).warnings.join()).toContain('no newline at the end');
  }
  for (const whole of [
    header + good,
    (header + good).replaceAll('\n', '\r\n'),
    (header + good).replaceAll('\n', '\r'),
  ]) {
    expect(await folder.scan(whole, { requireFinalNewline })).toMatchObject({ recordCount: 1 });
  }
  expect(await folder.scan(gzipSync(header + good), { requireFinalNewline })).toMatchObject({ recordCount: 1 });
  const json = '[{"Date": "2021-01-01", "Customer ID": "C", "Order ID": 1, "Sales": 1}]';
  expect(await folder.scan(json, { requireFinalNewline })).toMatchObject({ container: 'json', recordCount: 1 });
});
