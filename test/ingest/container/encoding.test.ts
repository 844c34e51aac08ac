import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { EncodingEvidence } from '../../../src/ingest/container/encoding.ts';
import { encodingFromName, type TextEncoding, textEncodings } from '../../../src/ingest/text-encoding.ts';
import { transcode } from '../../../src/ingest/transcode.ts';

function decide(bytes: Buffer, chunkBytes = 1 << 16): { encoding: TextEncoding; sentence: string } {
  const evidence = new EncodingEvidence();
  for (let at = 0; at < bytes.length; at += chunkBytes) evidence.add(bytes.subarray(at, at + chunkBytes));
  return evidence.decide();
}

async function decode(
  bytes: Buffer,
  encoding: TextEncoding | undefined,
  chunkBytes = 1 << 16,
): Promise<{ bytes: Buffer; heard: TextEncoding[] }> {
  const heard: TextEncoding[] = [];
  const parts: Buffer[] = [];
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
  for await (const chunk of transcode('orders.csv', chunks(), encoding, (found) => heard.push(found)))
    parts.push(Buffer.from(chunk));
  return { bytes: Buffer.concat(parts), heard };
}

const text = 'Date,Customer,Sales\n2021-01-01,Müller,10 €\n';
const chunkSizes = [1, 2, 3, 5, 1 << 16];

test('[C04] windows-1252 is known by bytes that never make UTF-8, wherever chunks end', async () => {
  const bytes = Buffer.from('Date,Customer,Sales\n2021-01-01,M\xfcller,10 \x80\n', 'latin1');
  for (const size of chunkSizes) {
    expect(decide(bytes, size)).toEqual({
      encoding: 'windows-1252',
      sentence: 'windows-1252: 2 bytes that UTF-8 does not allow, 0 characters in UTF-8 beyond ASCII',
    });
    expect((await decode(bytes, 'windows-1252', size)).bytes.toString()).toBe(text);
  }
});

test('windows-1252 ends each chunk where it likes: a byte that could begin a UTF-8 character at the very end counts', () => {
  for (const size of chunkSizes) {
    expect(decide(Buffer.from('abc\xe9', 'latin1'), size).encoding).toBe('windows-1252');
    expect(decide(Buffer.from('abc\x81', 'latin1'), size).encoding).toBe('utf-8');
  }
});

test('every byte of windows-1252 becomes what the standard says; the five that mean nothing stay invalid', async () => {
  for (let byte = 0; byte < 256; byte++) {
    const { bytes } = await decode(Buffer.from([0x61, 0x62, 0x63, byte]), 'windows-1252');
    const isUndefined = [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte);
    const expected = isUndefined
      ? Buffer.from([byte])
      : Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from([byte])));
    expect(bytes.subarray(3)).toEqual(expected);
  }
});

test('almost all UTF-8 with a few bad bytes is damaged UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from(text.repeat(20)), Buffer.from('2021-01-01,M\xfcller,1\n', 'latin1')]);
  for (const size of chunkSizes) {
    const { encoding, sentence } = decide(bytes, size);
    expect(encoding).toBe('utf-8');
    expect(sentence).toBe('UTF-8: damaged: 1 byte that UTF-8 does not allow, 40 characters in UTF-8 beyond ASCII');
  }
  const mostly = Buffer.concat([Buffer.from('é'), Buffer.from('\xfc,'.repeat(11), 'latin1')]);
  expect(decide(mostly).encoding).toBe('windows-1252');
  expect(decide(mostly.subarray(0, -2)).encoding).toBe('utf-8');
});

test('valid UTF-8 is UTF-8, however it is cut into chunks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (cell, size) => {
      const bytes = Buffer.from(`Date,Customer\n2021-01-01,${cell.replaceAll('\0', '')}\n`);
      const { encoding, sentence } = decide(bytes, size);
      expect(encoding).toBe('utf-8');
      expect(sentence).not.toContain('damaged');
    }),
  );
  expect(decide(Buffer.from('a,b\n')).sentence).toBe('UTF-8: ASCII only');
  expect(decide(Buffer.alloc(0)).encoding).toBe('utf-8');
});

test('[C02] [C03] UTF-16 with and without a byte order mark', async () => {
  for (const mark of ['\ufeff', '']) {
    const little = Buffer.from(mark + text, 'utf16le');
    for (const [bytes, encoding] of [
      [little, 'utf-16le'],
      [Buffer.from(little).swap16(), 'utf-16be'],
    ] as const) {
      for (const size of chunkSizes) {
        expect(decide(bytes, size).encoding).toBe(encoding);
        const declared = mark === '' ? encoding : undefined;
        const read = await decode(bytes, declared, size);
        expect(read.bytes.toString()).toBe(mark + text);
        expect(read.heard).toEqual([encoding]);
      }
    }
  }
});

test('a byte order mark is believed before the declared encoding', async () => {
  expect((await decode(Buffer.from(`\ufeff${text}`), 'windows-1252')).heard).toEqual(['utf-8']);
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  expect((await decode(little, 'utf-8')).heard).toEqual(['utf-16le']);
});

test.each([
  ['shift_jis', 'テ', [0x83, 0x65]],
  ['euc-jp', 'テ', [0xa5, 0xc6]],
  ['gb18030', '订', [0xb6, 0xa9]],
  ['gbk', '订', [0xb6, 0xa9]],
  ['big5', '訂', [0xad, 0x71]],
  ['euc-kr', '주', [0xc1, 0xd6]],
  ['windows-1251', 'Ж', [0xc6]],
  ['koi8-r', 'Ж', [0xf6]],
  ['macintosh', 'é', [0x8e]],
  ['iso-8859-15', '€', [0xa4]],
  ['windows-1250', 'ł', [0xb3]],
  ['iso-8859-2', 'ł', [0xb3]],
] as const)('%s is decoded, wherever chunks end', async (encoding, character, bytes) => {
  const content = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from(bytes), Buffer.from('\n')]);
  for (const size of chunkSizes)
    expect((await decode(content, encoding, size)).bytes.toString()).toBe(`a,b\n1,${character}\n`);
});

test('bytes that are not of the declared encoding fail, also when cut off', async () => {
  for (const bytes of [
    [0x83, 0xff, 0x61],
    [0x61, 0x62, 0x63, 0x83],
  ]) {
    const error = await decode(Buffer.from(bytes), 'shift_jis', 2).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(/orders.csv was read as SHIFT_JIS but holds bytes that are not/);
  }
});

test('encodings go by many names; an unknown one gets a suggestion', () => {
  const names: [string, TextEncoding][] = [
    ['latin1', 'windows-1252'],
    ['Latin-1', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['cp1252', 'windows-1252'],
    ['Windows 1252', 'windows-1252'],
    ['UTF8', 'utf-8'],
    ['utf_8', 'utf-8'],
    ['utf16', 'utf-16le'],
    ['UTF-16 LE', 'utf-16le'],
    ['utf16be', 'utf-16be'],
    ['sjis', 'shift_jis'],
    ['gb2312', 'gbk'],
    ['cp1251', 'windows-1251'],
    ['mac', 'macintosh'],
    ['MacRoman', 'macintosh'],
    ['latin9', 'iso-8859-15'],
  ];
  for (const [name, encoding] of names) expect([name, encodingFromName(name)]).toEqual([name, encoding]);
  for (const encoding of textEncodings) {
    expect(encodingFromName(encoding)).toBe(encoding);
    expect(new TextDecoder(encoding, { fatal: true }).encoding).toBe(encoding);
  }
  expect(() => encodingFromName('windows-1225')).toThrow(UsageError);
  expect(() => encodingFromName('windows-1225')).toThrow(/did you mean "windows-125\d"\?/);
  expect(() => encodingFromName('klingon')).toThrow(/"klingon" is not the name of a text encoding/);
});
