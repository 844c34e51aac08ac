import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { witnesses } from './clean-file.ts';
import { type Damage, rowLines, spoilSome, victims } from './damage.ts';
import { type Line, writtenCells } from './draft.ts';

function intoMiddle(text: string, what: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + what + text.slice(at);
}

export const raggedDamages: readonly Damage[] = [
  {
    kind: 'a field missing',
    cases: ['C19'],
    aspects: [],
    outcome: 'costs',
    apply: (draft, dice) => {
      const columns = draft.columns.toSpliced(dice(draft.columns.length), 1);
      for (const line of victims(draft, dice)) Object.assign(line, { columns, fate: 'reported' });
    },
  },
  {
    kind: 'a field too many',
    cases: ['C18'],
    aspects: ['delimiter'],
    outcome: 'costs',
    apply: (draft, dice) => spoilSome(draft, dice, (text) => `x${draft.delimiter}${text}`),
  },
  {
    kind: 'empty fields at the end of some rows',
    cases: ['C16', 'C17'],
    aspects: ['delimiter'],
    outcome: 'costs',
    apply: (draft, dice) => spoilSome(draft, dice, (text) => text + draft.delimiter.repeat(1 + dice(3))),
  },
  {
    kind: 'stray quotes',
    cases: ['C24'],
    aspects: ['quotes', 'delimiter'],
    outcome: 'costs',
    apply: (draft, dice) => {
      spoilSome(draft, dice, (text) => text.replace(/(?<=^|,)("?)[^",]+(?=,|$)/, (cell) => `${cell}"`));
    },
  },
  {
    kind: 'a quote that nobody closes',
    cases: ['C22'],
    aspects: ['quotes', 'delimiter'],
    outcome: 'costs',
    apply: (draft, dice) => {
      const [line] = rowLines(draft).slice(5 + dice(3));
      if (line === undefined || line.fate !== 'loaded' || line.spoilers.length > 0) return;
      line.fate = 'reported';
      line.spoilers.push((text) => text.replace(/,(?=[^,]*$)/, ',"'));
    },
  },
  {
    kind: 'a quote that nobody closes, at the end',
    cases: ['C23'],
    aspects: ['quotes', 'delimiter', 'bottom'],
    outcome: 'costs',
    apply: (draft) => {
      const line = rowLines(draft).at(-1);
      if (line === undefined || line.spoilers.length > 0) return;
      line.fate = 'reported';
      line.spoilers.push((text) => text.replace(/,(?=[^,]*$)/, ',"'));
    },
  },
  {
    kind: 'a quote opened in one row and closed in another',
    cases: ['C22'],
    aspects: ['quotes', 'delimiter', 'customers', 'encoding'],
    outcome: 'costs',
    apply: (draft) => {
      // Of neighbours without other quotes: then the two make one record with as many fields as the header.
      const rows = rowLines(draft).slice(witnesses, -witnesses);
      const isBare = (line: Line | undefined) =>
        line?.fate === 'loaded' &&
        line.spoilers.length === 0 &&
        !writtenCells(draft, { ...line, cells: { ...line.cells, customer: '' } })
          .join()
          .includes('"');
      const first = rows.findIndex((line, at) => isBare(line) && isBare(rows[at + 1]));
      if (first === -1) return;
      const ends = rows.slice(first, first + 2);
      for (const [at, line] of ends.entries()) {
        line.fate = 'reported';
        line.cells.customer = 'CUSTOMER';
        line.spoilers.push((text) => text.replace('CUSTOMER', at === 0 ? '"C1' : 'C2"'));
      }
    },
  },
  {
    kind: 'NULs in a line',
    cases: ['C06'],
    aspects: ['encoding'],
    outcome: 'costs',
    apply: (draft, dice) => spoilSome(draft, dice, (text) => intoMiddle(text, '\0'.repeat(1 + dice(40)))),
  },
  {
    kind: 'a byte that is no UTF-8',
    cases: ['C05', 'C14'],
    aspects: ['encoding'],
    outcome: 'costs',
    apply: (draft, dice) => {
      spoilSome(draft, dice, (text) => intoMiddle(text, '\ue000'));
      draft.encode = (text) =>
        Buffer.from(Buffer.from(text).toString('latin1').replaceAll('\xee\x80\x80', '\x81'), 'latin1');
    },
  },
  {
    kind: 'an over-long line',
    cases: ['C29', 'C30'],
    aspects: [],
    outcome: 'costs',
    apply: (draft, dice) => {
      draft.options = { ...draft.options, maxRecordBytes: 4096 };
      spoilSome(draft, dice, (text) => intoMiddle(text, 'long '.repeat(900)));
    },
  },
];

function delimited(kind: string, delimiter: string, cases: readonly string[] = ['C26']): Damage {
  return {
    kind,
    cases,
    aspects: ['delimiter'],
    outcome: 'harmless',
    apply: (draft) => {
      draft.delimiter = delimiter;
    },
  };
}

function lineEnds(kind: string, cases: readonly string[], ends: readonly string[]): Damage {
  return {
    kind,
    cases,
    aspects: ['line ends'],
    outcome: 'harmless',
    apply: (draft) => {
      draft.lineEnd = (at) => ends[at % ends.length] ?? '\n';
    },
  };
}

export const dialectDamages: readonly Damage[] = [
  delimited('semicolons', ';'),
  delimited('tabs', '\t'),
  delimited('bars', '|'),
  {
    ...delimited('a line sep=; above the header', ';', ['C26', 'C27']),
    aspects: ['delimiter', 'top'],
    apply: (draft) => {
      draft.delimiter = ';';
      draft.lines.unshift({ cells: {}, fate: 'passed', spoilers: [() => 'sep=;'] });
    },
  },
  {
    kind: 'all cells quoted',
    cases: ['C15'],
    aspects: ['quotes'],
    outcome: 'harmless',
    apply: (draft) => {
      draft.isQuoted = () => true;
    },
  },
  {
    kind: 'texts quoted, numbers not',
    cases: ['C15'],
    aspects: ['quotes'],
    outcome: 'harmless',
    apply: (draft) => {
      draft.isQuoted = (key) => key !== 'sales' && key !== 'index';
    },
  },
  {
    kind: 'a space behind each delimiter',
    cases: ['C26', 'C24'],
    aspects: ['quotes', 'delimiter', 'header', 'dates', 'amounts'],
    outcome: 'costs',
    apply: (draft) => {
      draft.padding = ' ';
      for (const line of draft.lines) {
        const later = writtenCells(draft, line).slice(1);
        if (line.fate === 'loaded' && later.some((cell) => cell.startsWith('"'))) line.fate = 'reported';
      }
    },
  },
  lineEnds('CRLF', ['C07'], ['\r\n']),
  lineEnds('CR', ['C07'], ['\r']),
  lineEnds('several kinds of line ends', ['C08'], ['\n', '\r', '\r\n']),
  {
    kind: 'no newline at the end',
    cases: ['C10', 'C11'],
    aspects: ['bottom', 'line ends'],
    outcome: 'harmless',
    apply: ({ textSteps, warnings }) => {
      textSteps.push((text) => text.replace(/[\r\n]+$/, ''));
      warnings.push(/no newline at the end/);
    },
  },
  {
    kind: 'two newlines at the end',
    cases: ['C10'],
    aspects: ['bottom', 'line ends'],
    outcome: 'harmless',
    apply: ({ textSteps }) => {
      textSteps.push((text) => `${text}\n`);
    },
  },
  {
    kind: 'cut off in the last amount',
    cases: ['C11'],
    aspects: ['bottom', 'line ends', 'columns', 'quotes', 'amounts', 'header'],
    outcome: 'warned',
    apply: (draft) => {
      draft.columns = [...draft.columns.filter(({ key }) => key !== 'sales'), { key: 'sales', name: 'Sales' }];
      const line = rowLines(draft).at(-1);
      if (line !== undefined) Object.assign(line, { fate: 'warned', cells: { ...line.cells, sales: '71.25' } });
      draft.textSteps.push((text) => text.slice(0, -4));
      draft.warnings.push(/no newline at the end/);
    },
  },
];

function encoded(kind: string, cases: readonly string[], encode: (text: string) => Buffer): Damage {
  return {
    kind,
    cases,
    aspects: ['encoding'],
    outcome: 'harmless',
    apply: (draft) => {
      draft.encode = encode;
    },
  };
}

const wide = (text: string) => Buffer.from(text, 'utf16le');
const narrow = (text: string) => Buffer.from(text.replaceAll('€', '\x80'), 'latin1');

export const encodingDamages: readonly Damage[] = [
  encoded('UTF-8 with a byte order mark', ['C01'], (text) => Buffer.from(`\ufeff${text}`)),
  encoded('UTF-16LE with a byte order mark', ['C02'], (text) => wide(`\ufeff${text}`)),
  encoded('UTF-16BE with a byte order mark', ['C03'], (text) => wide(`\ufeff${text}`).swap16()),
  encoded('UTF-16LE without a byte order mark', ['C02'], wide),
  encoded('UTF-16BE without a byte order mark', ['C03'], (text) => wide(text).swap16()),
  encoded('windows-1252', ['C04'], narrow),
];

function wrapped(kind: string, cases: readonly string[], wrap: (bytes: Buffer) => Buffer, refusal?: RegExp): Damage {
  return {
    kind,
    cases,
    aspects: ['container'],
    outcome: refusal === undefined ? 'harmless' : 'refused',
    apply: (draft) => {
      draft.byteSteps.push(wrap);
      if (refusal !== undefined) draft.refusals.push(refusal);
    },
  };
}

export const containerDamages: readonly Damage[] = [
  wrapped('gzip', ['C73'], (bytes) => gzipSync(bytes)),
  wrapped('gzip in two members', ['C73'], (bytes) =>
    Buffer.concat([gzipSync(bytes.subarray(0, 99)), gzipSync(bytes.subarray(99))]),
  ),
  wrapped('zstd', [], (bytes) => zstdCompressSync(bytes)),
  wrapped('zip', ['C75'], zipOf),
  wrapped('gzip, cut off', ['C71'], (bytes) => cutAt(gzipSync(bytes), 0.6), /cut off|damaged/),
  wrapped('gzip with a wrong checksum', ['C72'], (bytes) => flipped(gzipSync(bytes), -6), /damaged|checksum/),
];

function cutAt(bytes: Buffer, share: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * share));
}

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[bytes.length + at] = (bytes[bytes.length + at] ?? 0) ^ 0x20;
  return bytes;
}

/** A zip archive with one member. */
function zipOf(bytes: Buffer): Buffer {
  const name = Buffer.from('orders.csv');
  const packed = deflateRawSync(bytes);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const member = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
  const index = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(member.length, 12);
  return Buffer.concat([member, index, Buffer.from('PK\x05\x06'), end]);
}
