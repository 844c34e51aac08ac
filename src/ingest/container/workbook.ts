import { streamXlsxRows } from 'hucre/xlsx';
import { readXml } from 'hucre/xml';
import { InputError, PipelineError } from '../../errors.ts';
import { type Content, type ContentOptions, optionNames } from './content.ts';
import { CsvText } from './csv-text.ts';
import type { DiskReader } from './disk-reader.ts';
import { chooseSheet, type Sheet } from './sheet-choice.ts';
import { cellText } from './workbook-cell.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The packed file and its table of texts are held in memory; a sheet of a million rows and ten columns has about 60 MB. */
const maxWorkbookBytes = 256 * 2 ** 20;
/** Rows of a sheet that are looked at to choose it. */
const peekedRows = 30;
const checkedParts = /^xl\/(worksheets\/[^/]+|workbook|sharedStrings|styles)\.xml$/;

/**
 * The table in one sheet of an Excel workbook. Rows are streamed; the packed file and the shared texts stay in memory meanwhile.
 * @throws InputError when it is damaged, too large, or when which sheet is meant cannot be known.
 */
export async function openWorkbook(disk: DiskReader, zip: ZipArchive, options: ContentOptions): Promise<Content> {
  const { name, bytes } = disk.file;
  if (bytes > maxWorkbookBytes) {
    throw new InputError(`${name} has ${bytes.toLocaleString('en-US')} bytes, too many for a workbook`, {
      remedy: `Save the sheet as CSV; workbooks are read up to ${maxWorkbookBytes.toLocaleString('en-US')} bytes.`,
    });
  }
  zip.assertWithinLimits();
  // The reader of the sheet looks at no checksum.
  for (const entry of zip.entries.filter(({ fileName }) => checkedParts.test(fileName))) {
    for await (const _ of zip.read(entry)) disk.throwIfCancelled();
  }
  const workbook = new Workbook(disk);
  const sheets = await readSheets(disk, zip);
  const sheet = await chooseSheet(name, sheets, options, (candidate) => workbook.peek(candidate));
  let errorCells = 0;
  return {
    container: 'xlsx',
    compression: 'none',
    member: sheet.name,
    others: sheets.filter((other) => other !== sheet).map((other) => other.name),
    form: 'table',
    async *chunks() {
      errorCells = 0;
      const csv = new CsvText(options.chunkBytes);
      const first: SheetRow[] = [];
      let line = 0;
      let width = 0;
      const add = ({ index, cells }: SheetRow): void => {
        for (; line < index; line++) csv.addEmptyLine();
        while (cells.length < width) cells.push('');
        csv.addRecord(cells.length > width ? trimmed(cells, width) : cells);
        line++;
      };
      const addFirst = (): void => {
        width = tableWidth(first, options.looksLikeHeader);
        for (const row of first.splice(0)) add(row);
      };
      for await (const { index, values } of workbook.rows(sheet)) {
        disk.throwIfCancelled();
        const cells = values.map((value) => {
          const text = cellText(value);
          if (text === undefined) errorCells++;
          return text ?? '';
        });
        if (cells.every((cell) => cell === '')) continue;
        if (width > 0) add({ index, cells });
        else if (first.push({ index, cells }) === peekedRows) addFirst();
        if (csv.isFull) yield csv.take();
      }
      if (width === 0) addFirst();
      yield csv.take();
      disk.report(bytes);
    },
    sha256: () => disk.sha256(),
    warnings: () =>
      errorCells === 0
        ? []
        : [`cells with an error such as #N/A, read as empty: ${errorCells.toLocaleString('en-US')}`],
  };
}

interface SheetRow {
  /** From 0. */
  readonly index: number;
  readonly cells: string[];
}

/** Without empty cells at the end, but at least `width` cells. */
function trimmed(cells: readonly string[], width: number): string[] {
  return cells.slice(0, Math.max(width, cells.findLastIndex((cell) => cell !== '') + 1));
}

/**
 * Cells of the header among the first rows: of the one that looks like one, else of the first that is as wide as half of the
 * rows are. Titles above a table are narrower.
 */
function tableWidth(rows: readonly SheetRow[], looksLikeHeader: ContentOptions['looksLikeHeader']): number {
  const known = rows.find(({ cells }) => looksLikeHeader?.(cells) === true);
  if (known !== undefined) return trimmed(known.cells, 1).length;
  const widths = rows.map(({ cells }) => trimmed(cells, 1).length);
  const median = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  return widths.find((width) => width >= median) ?? 0;
}

/** The reader, with its errors turned into ours. */
class Workbook {
  readonly #disk: DiskReader;

  constructor(disk: DiskReader) {
    this.#disk = disk;
  }

  async *rows(sheet: Sheet, maxRows?: number): ReturnType<typeof streamXlsxRows> {
    const parts: Buffer[] = [];
    for await (const chunk of this.#disk.chunks()) parts.push(Buffer.from(chunk));
    try {
      yield* streamXlsxRows(Buffer.concat(parts), { sheet: sheet.name, ...(maxRows === undefined ? {} : { maxRows }) });
    } catch (error) {
      throw error instanceof PipelineError ? error : damagedWorkbookError(this.#disk.file.name, error);
    }
  }

  /** The first rows that are not empty. */
  async peek(sheet: Sheet): Promise<readonly (readonly string[])[]> {
    const rows: string[][] = [];
    try {
      for await (const { values } of this.rows(sheet, peekedRows)) {
        const cells = values.map((value) => cellText(value) ?? '');
        if (cells.some((cell) => cell !== '')) rows.push(cells);
      }
    } catch (error) {
      // A sheet that is only a chart.
      if (!(error instanceof InputError && error.message.includes('missing worksheet file'))) throw error;
    }
    return rows;
  }
}

async function readSheets(disk: DiskReader, zip: ZipArchive): Promise<readonly Sheet[]> {
  const { name } = disk.file;
  const entry = zip.find('xl/workbook.xml');
  if (entry === undefined) {
    const isBinary = zip.find('xl/workbook.bin') !== undefined;
    throw new InputError(
      `${name} is ${isBinary ? 'a binary Excel workbook (.xlsb)' : 'an Excel workbook without xl/workbook.xml'}`,
      {
        remedy: 'Save it as .xlsx or CSV.',
      },
    );
  }
  const parts: Buffer[] = [];
  for await (const chunk of zip.read(entry)) parts.push(Buffer.from(chunk));
  let sheets: Sheet[];
  try {
    const { data } = readXml(Buffer.concat(parts), {
      rowTag: 'sheet',
      stripNamespaces: true,
      transformValue: (value) => value,
    });
    sheets = data.map((row, index) => ({
      name: String(row['@name'] ?? ''),
      number: index + 1,
      isHidden: row['@state'] === 'hidden' || row['@state'] === 'veryHidden',
    }));
  } catch (error) {
    throw damagedWorkbookError(name, error);
  }
  if (sheets.length === 0) throw damagedWorkbookError(name, new Error('no sheets'));
  return sheets;
}

function damagedWorkbookError(name: string, cause: unknown): InputError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InputError(`${name} cannot be read as an Excel workbook: ${reason}`, {
    remedy: `Open it in a spreadsheet program and save it again, as .xlsx or CSV; ${optionNames.sheet} reads another sheet.`,
    cause,
  });
}
