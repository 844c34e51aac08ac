import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';

/** Encodings of text that are read, by the names that the WHATWG gave them. */
export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'iso-8859-16',
  'macintosh',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gbk',
  'gb18030',
  'big5',
] as const;

export type TextEncoding = (typeof textEncodings)[number];

/** Names in use that are none of the WHATWG's labels. */
const aliases: ReadonlyMap<string, TextEncoding> = new Map([
  ['latin-1', 'windows-1252'],
  ['ansi', 'windows-1252'],
  ['utf16', 'utf-16le'],
  ['utf-16-le', 'utf-16le'],
  ['utf-16-be', 'utf-16be'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['windows1250', 'windows-1250'],
  ['windows1251', 'windows-1251'],
  ['windows1252', 'windows-1252'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['latin-2', 'iso-8859-2'],
  ['latin-9', 'iso-8859-15'],
  ['latin9', 'iso-8859-15'],
  ['mac-roman', 'macintosh'],
  ['macroman', 'macintosh'],
  ['cp65001', 'utf-8'],
]);

/**
 * The encoding that a user means: `latin1`, `CP1252`, `utf_16_le`, `sjis` ...
 * @throws UsageError for a name that means none.
 */
export function encodingFromName(name: string): TextEncoding {
  const label = name.trim().toLowerCase();
  const dashed = label.replaceAll(/[_ ]/g, '-');
  const alias = aliases.get(label) ?? aliases.get(dashed);
  if (alias !== undefined) return alias;
  for (const candidate of [label, dashed]) {
    const encoding = textEncodings.find((known) => known === standardName(candidate));
    if (encoding !== undefined) return encoding;
  }
  const near = didYouMean(name, [...textEncodings, ...aliases.keys(), 'latin1', 'cp1252', 'iso-8859-1']);
  throw new UsageError(`${JSON.stringify(name)} is not the name of a text encoding${near}`, {
    remedy: 'Use for example utf-8, utf-16le, windows-1252, iso-8859-15, macintosh, shift_jis or gb18030.',
  });
}

function standardName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** The encoding that a byte order mark of UTF-16 at the beginning announces; without one it is UTF-8. */
export function announcedEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Which of the two encodings the NULs of mostly ASCII characters point to, byte order mark or not. */
export function utf16ByNulls(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const pairs = Math.floor(head.length / 2);
  if (pairs < 4 || Math.max(even, odd) <= pairs * 0.6 || Math.min(even, odd) >= pairs * 0.1) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
