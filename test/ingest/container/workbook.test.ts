import { createHash } from 'node:crypto';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { numberText } from '../../../src/ingest/container/workbook-cell.ts';
import { cells, makeFolder, zip } from './support.ts';

interface TestSheet {
  readonly name: string;
  /** XML inside of sheetData. */
  readonly rows: string;
  readonly state?: string;
}

const formats = ['General', 'yyyy\\-mm\\-dd', 'dd/mm/yyyy hh:mm', 'hh:mm', '#,##0.00 "d"'];

/** A workbook as spreadsheet programs write it, cell XML by hand. Style n has format n of `formats`. */
function workbook(sheets: readonly TestSheet[], { strings = '', is1904 = false, checksum = true } = {}): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relationships = (list: string): string =>
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;
  const members: [name: string, text: string][] = [
    [
      '[Content_Types].xml',
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ],
    ['_rels/.rels', relationships(`<Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/>`)],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${rel}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets
        .map(
          ({ name, state }, at) =>
            `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relationships(
        `${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId90" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="rId91" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/>`,
      ),
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><numFmts>${formats
        .map((format, at) => `<numFmt numFmtId="${164 + at}" formatCode="${format.replaceAll('"', '&quot;')}"/>`)
        .join(
          '',
        )}</numFmts><cellXfs>${formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`).join('')}</cellXfs></styleSheet>`,
    ],
    ['xl/sharedStrings.xml', `<sst xmlns="${main}">${strings}</sst>`],
    ...sheets.map(({ rows }, at): [string, string] => [
      `xl/worksheets/sheet${at + 1}.xml`,
      `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    ]),
  ];
  return zip(
    members.map(([name, bytes]) => ({ name, bytes, ...(checksum || !name.includes('sheet1') ? {} : { checksum: 1 }) })),
  );
}

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (values: readonly string[]): string => `<row>${values.map(text).join('')}</row>`;
const orders = row(['Date', 'Customer ID', 'Sales']) + row(['2021-01-01', 'C1', '10']);
const looksLikeHeader = (found: readonly string[]): boolean => found.includes('Customer ID');

test('[C75] a workbook loads: numbers, texts, dates, formulas, booleans, errors', async () => {
  await using folder = await makeFolder();
  const cases: [xml: string, expected: string][] = [
    ['<c><v>112233445566</v></c>', '112233445566'],
    ['<c><v>1.12233445566E+11</v></c>', '112233445566'],
    ['<c><v>0.30000000000000004</v></c>', '0.3'],
    ['<c><v>1.10</v></c>', '1.1'],
    ['<c s="4"><v>1234.5</v></c>', '1234.5'],
    ['<c><v>1.0000000000000001E-5</v></c>', '0.00001'],
    ['<c t="s"><v>0</v></c>', 'shared & "x"'],
    ['<c t="s"><v>1</v></c>', 'rich text'],
    ['<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', 'inline'],
    ['<c t="inlineStr"><is><t xml:space="preserve"> 007\nü </t></is></c>', ' 007\nü '],
    ['<c t="b"><v>1</v></c>', 'true'],
    ['<c t="b"><v>0</v></c>', 'false'],
    ['<c><f>A1*2</f><v>42</v></c>', '42'],
    ['<c t="str"><f>A1&amp;"x"</f><v>cached</v></c>', 'cached'],
    ['<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', ''],
    ['<c t="e"><v>#N/A</v></c>', ''],
    ['<c s="1"><v>45351</v></c>', '2024-02-29'],
    ['<c s="2"><v>45351.520833333336</v></c>', '2024-02-29T12:30:00'],
    ['<c s="2"><v>45351.9999999</v></c>', '2024-03-01'],
    ['<c s="3"><v>0.75</v></c>', '18:00:00'],
    ['<c t="d"><v>2024-02-29</v></c>', '2024-02-29'],
    ['<c s="1"/>', ''],
    ['<c><v>7</v></c>', '7'],
  ];
  const header = row(cases.map((_, at) => `c${at}`));
  const strings = '<si><t>shared &amp; "x"</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>';
  const file = workbook([{ name: 'Orders', rows: `${header}<row>${cases.map(([xml]) => xml).join('')}</row>` }], {
    strings,
  });
  const { content, text: csv } = await folder.read(file);
  expect(content).toMatchObject({
    container: 'xlsx',
    compression: 'none',
    form: 'table',
    member: 'Orders',
    others: [],
  });
  expect(cells(csv)[1]).toEqual(cases.map(([, expected]) => expected));
  expect(content.warnings()).toEqual(['cells with an error such as #N/A, read as empty: 2']);
  expect(await content.sha256()).toBe(createHash('sha256').update(file).digest('hex'));
});

test('dates do not depend on the time zone; the 1904 system is known', async () => {
  await using folder = await makeFolder();
  const zone = process.env.TZ;
  try {
    for (const name of ['America/Los_Angeles', 'Asia/Kolkata', 'UTC']) {
      process.env.TZ = name;
      const rows = `${row(['a', 'b'])}<row><c s="1"><v>43891</v></c><c s="2"><v>43891.25</v></c></row>`;
      const { text: csv } = await folder.read(workbook([{ name: 'S', rows }], { is1904: true }));
      expect(cells(csv)[1]).toEqual(['2024-03-02', '2024-03-02T06:00:00']);
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test.each([
  [0, '0'],
  [-0, '0'],
  [-12.5, '-12.5'],
  [999_999_999_999_999, '999999999999999'],
  [2 ** 53 - 1, '9007199254740991'],
  [1.2345678901234567e19, '1.23456789012346E+19'],
  [123_456_789.1234568, '123456789.123457'],
  [19.99 * 3, '59.97'],
  [1e-7, '0.0000001'],
  [-1.5e-8, '-0.000000015'],
  [1e-12, '1E-12'],
])('the number %d is written as %s', (value, expected) => {
  expect(numberText(value)).toBe(expected);
});

test('rows are as wide as the header; empty rows are empty lines; formatted empty cells at the end do not count', async () => {
  await using folder = await makeFolder();
  const rows =
    `<row r="1">${text('Orders of 2021')}</row>` +
    `<row r="3">${text('Date')}${text('Customer ID')}${text('Sales')}<c s="1"/><c s="1"/></row>` +
    `<row r="4">${text('d1')}</row><row r="5"><c/><c/></row>` +
    `<row r="7"><c r="C7"><v>5</v></c><c r="E7" s="1"/></row>` +
    `<row r="8">${['d3', 'C3', '6', 'too many'].map(text).join('')}</row><row r="900"><c s="1"/></row>`;
  for (const options of [{ looksLikeHeader }, {}]) {
    const { text: csv } = await folder.read(workbook([{ name: 'Orders', rows }]), options);
    const lines = csv.split('\n');
    expect(lines.slice(1)).toEqual([
      '',
      '"Date","Customer ID","Sales"',
      '"d1","",""',
      '',
      '',
      '"","","5"',
      '"d3","C3","6","too many"',
      '',
    ]);
    expect(lines[0]).toBe('"Orders of 2021","",""');
  }
});

test('the sheet: the only visible one with data, the one with a known header, the one that is named, or a question', async () => {
  await using folder = await makeFolder();
  const empty = { name: 'Empty', rows: '<row><c s="1"/></row>' };
  const notes = { name: 'Notes', rows: row(['Made by', 'Anna']) };
  const table = { name: 'Orders &amp; more', rows: orders };
  const first = await folder.read(workbook([empty, table]));
  expect(first.content).toMatchObject({ member: 'Orders & more', others: ['Empty'] });
  expect(first.text).toContain('"2021-01-01","C1","10"');
  expect((await folder.read(workbook([{ ...notes, state: 'hidden' }, table]))).content.member).toBe('Orders & more');
  const several = workbook([notes, table, empty]);
  expect((await folder.read(several, { looksLikeHeader })).content.member).toBe('Orders & more');
  const question = await folder.error(several);
  expect(question.message).toContain(
    'has 2 sheets with data, and none has a header that is known: "Notes", "Orders & more", "Empty"',
  );
  expect(question.remedy.join()).toContain('--sheet "Notes"');
  for (const sheet of ['Orders & more', '2']) expect((await folder.read(several, { sheet })).text).toContain('"C1"');
  expect((await folder.error(several, { sheet: 'Note' })).message).toMatch(
    /has no sheet "Note" \(did you mean "Notes"\?\)/,
  );
  expect((await folder.error(workbook([empty, empty]))).message).toMatch(
    /no rows in .*: its sheets are empty or hidden/,
  );
});

test('many rows come out in order, in chunks', async () => {
  await using folder = await makeFolder();
  const rows = [
    ['id', 'date'],
    ...Array.from({ length: 3000 }, (_, at) => [112233445566 + at, new Date(Date.UTC(2024, 0, 1 + (at % 9)))]),
  ];
  for (const stringMode of ['shared', 'inline'] as const) {
    const file = await writeXlsx({ sheets: [{ name: 'Orders', rows }], stringMode });
    const { text: csv } = await folder.read(file, { chunkBytes: 1000 });
    const lines = csv.split('\n');
    expect(lines).toHaveLength(3002);
    expect([lines[1], lines[3000]]).toEqual(['"112233445566","2024-01-01"', '"112233448565","2024-01-03"']);
  }
});

test('[C75] old, password-protected, binary and damaged workbooks are named with what to do', async () => {
  await using folder = await makeFolder();
  const locked = await writeXlsx({
    sheets: [{ name: 'A', rows: [['x']] }],
    encryption: { password: 'p', spinCount: 10 },
  });
  const encrypted = await folder.error(locked);
  expect(encrypted.message).toMatch(/a password-protected Excel workbook/);
  expect(encrypted.remedy.join()).toMatch(/save as .xlsx or CSV/);
  const old = await folder.error(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]));
  expect(old.message).toMatch(/an old Excel workbook \(.xls\)/);
  expect(old.remedy.join()).toMatch(/save as .xlsx or CSV/);
  const binary = zip([
    { name: '[Content_Types].xml', bytes: '' },
    { name: 'xl/workbook.bin', bytes: 'x' },
  ]);
  expect((await folder.error(binary)).message).toMatch(/\.xlsb/);
  expect((await folder.error(workbook([{ name: 'A', rows: orders }], { checksum: false }))).message).toMatch(
    /wrong checksum/,
  );
  expect((await folder.error(workbook([{ name: 'A', rows: orders }]).subarray(0, 900))).message).toMatch(
    /cut off or damaged/,
  );
  const bomb = workbook([{ name: 'A', rows: `${orders}${' '.repeat(80 * 2 ** 20)}` }]);
  expect((await folder.error(bomb)).message).toMatch(/inflates to more than 200 times its size/);
});
