import { createHash } from 'node:crypto';
import type { ScalarCases } from './portable-cases.ts';

const d = (text: string) => `cast('${text}' as date)`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const double = (value: string) => `cast('${value}' as double precision)`;
const money = (value: string) => `cast('${value}' as decimal(18,2))`;

const FIRST = d('0001-01-01');
const LAST = d('9999-12-31');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** Texts that engines, clients and collations treat in ways of their own. */
export const NASTY_TEXTS = [
  '',
  ' ',
  'back\\slash \\n \\',
  `'single' and "double"`,
  'two\nlines\r\nand a tab\t',
  '$1 $$ %s :name ?',
  '😀 👩‍👩‍👧‍👦 🇩🇪',
  'e\u0301 é a\u0323\u0307 a\u0307\u0323',
  'Straße STRASSE ẞ',
  'ΟΔΟΣ ΣΑΣ Σ οδος',
  'İstanbul ISPARTA ılık I\u0307',
  'ＡＢＣ ① ﬁ Å K Ω',
  'الاسم ٣ שם',
  '한글 \u1112\u1161\u11ab',
  'Ж𐐀Ꙗ',
  '\u0001\u001f\u007f\u0085\u00a0\u2028',
  "'; drop table x; --",
  `${'ab '.repeat(333)}Z`,
] as const;

const md5 = (value: string) => createHash('md5').update(value).digest('hex');

/** What `comparable_text` gives by its definition: each character alone, as the Unicode Character Database has it. */
export function comparableText(value: string): string {
  const unseen = new Set([32, 9, 160, 8203, 8204, 8205, 8288, 65279].map((code) => String.fromCodePoint(code)));
  return [...value.normalize('NFC')]
    .filter((character) => !unseen.has(character))
    .map((character) => (character === 'İ' ? 'i' : character.toLowerCase()))
    .join('');
}

function csvField(value: string): string {
  return /[,"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export const EDGE_CASES: readonly ScalarCases[] = [
  {
    fn: 'divide',
    call: "{{ divide('a', 'b') }}",
    type: 'double',
    rows: [
      [money('-0.01'), money('0.03'), '-0.33333333333333337'],
      [money('0.00'), money('-5.00'), '0'],
      [money('9999999999999999.99'), '1', '10000000000000000'],
      ['cast(9223372036854775807 as bigint)', '-1', '-9223372036854775807'],
      ['-1', '-4', '0.25'],
      [double('0.1'), double('0.3'), '0.33333333333333337'],
      ['cast(null as integer)', '0', null],
    ],
  },
  {
    fn: 'money_divide',
    call: "{{ money_divide('a', 'b') }}",
    type: 'decimal(18,2)',
    rows: [
      ['0', '-7', '0.00'],
      [money('0.125'), '1', '0.13'],
      ['1', '8', '0.13'],
      ['-1', '8', '-0.13'],
      ['3', '8', '0.38'],
      ['1', '-200', '-0.01'],
      ['1', '201', '0.00'],
      ['-1', '201', '0.00'],
      [money('9999999999999999.99'), '-1', '-9999999999999999.99'],
      ['7', 'cast(-0.0001 as decimal(18,4))', '-70000.00'],
      ['0', 'cast(0 as decimal(18,4))', null],
    ],
  },
  {
    fn: 'days_between',
    call: "{{ days_between('a', 'b') }}",
    type: 'integer',
    rows: [
      [FIRST, LAST, '3652058'],
      [LAST, FIRST, '-3652058'],
      [d('1899-12-31'), d('1900-03-01'), '60'],
      [d('1582-10-04'), d('1582-10-15'), '11'],
    ],
  },
  {
    fn: 'months_between',
    call: "{{ months_between('a', 'b') }}",
    type: 'integer',
    rows: [
      [FIRST, LAST, '119987'],
      [LAST, FIRST, '-119987'],
      [d('2024-02-29'), d('2024-02-29'), '0'],
      [d('2024-03-31'), d('2024-02-29'), '-1'],
      ['cast(null as date)', 'cast(null as date)', null],
    ],
  },
  {
    fn: 'add_days',
    call: "{{ add_days('a', 'b') }}",
    type: 'date',
    rows: [
      [FIRST, '3652058', '9999-12-31'],
      [LAST, '-3652058', '0001-01-01'],
      [d('2000-02-29'), '-366', '1999-02-28'],
      [d('2024-01-01'), 'cast(null as integer)', null],
    ],
  },
  {
    fn: 'add_months',
    call: "{{ add_months('a', 'b') }}",
    type: 'date',
    rows: [
      [d('0001-01-31'), '1', '0001-02-28'],
      [FIRST, '119987', '9999-12-01'],
      [LAST, '-119987', '0001-01-31'],
      [d('2000-02-29'), '-12', '1999-02-28'],
      [d('1900-01-31'), '1', '1900-02-28'],
      [d('2024-05-31'), '-6', '2023-11-30'],
      [d('2024-01-01'), 'cast(null as integer)', null],
    ],
  },
  ...(
    [
      ['month_start', '0001-01-01', '9999-12-01'],
      ['quarter_start', '0001-01-01', '9999-10-01'],
      ['year_start', '0001-01-01', '9999-01-01'],
      ['month_end', '0001-01-31', '9999-12-31'],
    ] as const
  ).map(
    ([fn, first, last]): ScalarCases => ({
      fn,
      call: `{{ ${fn}('a') }}`,
      type: 'date',
      rows: [
        [FIRST, first],
        [LAST, last],
      ],
    }),
  ),
  {
    fn: 'month_end',
    call: "{{ month_end('a') }}",
    type: 'date',
    rows: MONTHS.map((_, month) => [
      d(`1900-${String(month + 1).padStart(2, '0')}-15`),
      new Date(Date.UTC(1900, month + 1, 0)).toISOString().slice(0, 10),
    ]),
  },
  {
    fn: 'format_month',
    call: "{{ format_month('a') }}",
    type: 'text',
    rows: [
      [FIRST, '0001-01'],
      [LAST, '9999-12'],
    ],
  },
  {
    fn: 'format_quarter',
    call: "{{ format_quarter('a') }}",
    type: 'text',
    rows: [
      [FIRST, '0001-Q1'],
      [LAST, '9999-Q4'],
      [d('2024-07-01'), '2024-Q3'],
    ],
  },
  {
    fn: 'month_name',
    call: "{{ month_name('a') }}",
    type: 'text',
    rows: MONTHS.map((name, month) => [d(`2024-${String(month + 1).padStart(2, '0')}-01`), name]),
  },
  {
    fn: 'day_name',
    call: "{{ day_name('a') }}",
    type: 'text',
    rows: [...DAYS.map((name, day) => [d(`2024-01-0${day + 1}`), name] as const), [FIRST, 'Monday'], [LAST, 'Friday']],
  },
  {
    fn: 'hash_key',
    call: "{{ hash_key('a') }}",
    type: 'bigint',
    rows: NASTY_TEXTS.map((value) => [text(value), String(BigInt(`0x${md5(value).slice(0, 15)}`) + 2n ** 60n)]),
  },
  {
    fn: 'hash_key',
    call: "{{ hash_key('a') }}",
    type: 'bigint',
    rows: [[money('-1.50'), String(BigInt(`0x${md5('-1.50').slice(0, 15)}`) + 2n ** 60n)]],
  },
  {
    fn: 'hash_share',
    call: "{{ hash_share('a') }}",
    type: 'double',
    rows: NASTY_TEXTS.map((value) => [text(value), String(Number(BigInt(`0x${md5(value).slice(0, 13)}`)) / 2 ** 52)]),
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'date') }}",
    type: 'date',
    rows: [
      [text('9999-12-31'), '9999-12-31'],
      [text('0999-02-28'), '0999-02-28'],
      [text('10000-01-01'), null],
      [text('2100-02-29'), null],
      [text('2024-06-31'), null],
      [text('2024-01-32'), null],
      [text('2024-99-99'), null],
      [text('-2024-01-01'), null],
      [text('2024-01-01 BC'), null],
      [text('today'), null],
      [text('２０２４-01-01'), null],
      ...NASTY_TEXTS.map((value) => [text(value), null] as const),
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'integer') }}",
    type: 'integer',
    rows: [
      [text('999999999'), '999999999'],
      [text('-999999999'), '-999999999'],
      [text('0000000000000000012'), '12'],
      [text('-0'), '0'],
      [text('1_000'), null],
      [text('0x1F'), null],
      [text('--5'), null],
      [text('5-'), null],
      [text('5\n'), null],
      ...NASTY_TEXTS.map((value) => [text(value), null] as const),
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'bigint') }}",
    type: 'bigint',
    rows: [
      [text('999999999999999999'), '999999999999999999'],
      [text('-9223372036854775809'), null],
      [text('00000000000000000000'), null],
      ['cast(null as varchar)', null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'decimal(18,2)') }}",
    type: 'decimal(18,2)',
    rows: [
      [text('0.005'), '0.01'],
      [text('0.015'), '0.02'],
      [text('0.025'), '0.03'],
      [text('-0.025'), '-0.03'],
      [text('0.0049'), '0.00'],
      [text('-0.004'), '0.00'],
      [text('99999999999999.995'), '100000000000000.00'],
      [text('999999999999999.995'), '1000000000000000.00'],
      [text('-.5'), '-0.50'],
      [text(`0.${'0'.repeat(200)}9`), '0.00'],
      [text(`${'0'.repeat(250)}1.5`), '1.50'],
      [text(`1.${'0'.repeat(255)}`), '1.00'],
      [text(`1.${'0'.repeat(256)}`), null],
      [text(`${'0'.repeat(256)}1`), null],
      [text(`.${'1'.repeat(256)}`), null],
      [text('1_000'), null],
      [text('1.5\n'), null],
      [text('1..5'), null],
      [text('1.5.5'), null],
      ...NASTY_TEXTS.map((value) => [text(value), null] as const),
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'decimal(5,0)') }}",
    type: 'decimal(5,0)',
    rows: [
      [text('0.5'), '1'],
      [text('1.5'), '2'],
      [text('-2.5'), '-3'],
      [text('9999.5'), '10000'],
      [text('99999.4'), '99999'],
      [text('99999.5'), null],
      [text('-99999.5'), null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'double precision') }}",
    type: 'double',
    rows: [
      [text('0'), '0'],
      [text('0.30000000000000004'), '0.30000000000000004'],
      [text('9007199254740993'), '9007199254740992'],
      [text(`.${'0'.repeat(254)}1`), '1e-255'],
      [text('9'.repeat(255)), '1e255'],
      [text('9'.repeat(256)), null],
      [text(`1.${'3'.repeat(255)}`), '1.3333333333333333'],
      [text(`1.${'3'.repeat(256)}`), null],
      [text('Infinity'), null],
      ...NASTY_TEXTS.map((value) => [text(value), null] as const),
    ],
  },
  {
    fn: 'matches',
    call: "{{ matches('a', '[^,]+') }}",
    type: 'boolean',
    rows: NASTY_TEXTS.map((value) => [text(value), String(value !== '' && !value.includes(','))]),
  },
  {
    fn: 'matches',
    call: "{{ matches('a', '([ÄÖÜ]|😀|\\\\.|\\\\\\\\|e\u0301)+') }}".replaceAll('\\\\', '\\'),
    type: 'boolean',
    rows: [
      [text('ÄÖÜ'), 'true'],
      [text('ä'), 'false'],
      [text('A\u0308'), 'false'],
      [text('😀.\\'), 'true'],
      [text('e\u0301'), 'true'],
      [text('é'), 'false'],
      [text('Ä\n'), 'false'],
    ],
  },
  {
    fn: 'matches',
    call: "{{ matches('a', 'a|ab|[0-9]{2,255}') }}",
    type: 'boolean',
    rows: [
      [text('ab'), 'true'],
      [text('abb'), 'false'],
      [text('7'.repeat(255)), 'true'],
      [text('7'.repeat(256)), 'false'],
      [text('٣٣'), 'false'],
    ],
  },
  {
    fn: 'csv_field',
    call: "{{ csv_field('a') }}",
    type: 'text',
    rows: NASTY_TEXTS.map((value) => [text(value), csvField(value)]),
  },
  {
    fn: 'comparable_text',
    call: "{{ comparable_text('a') }}",
    type: 'text',
    rows: [
      ...NASTY_TEXTS.map((value) => [text(value), comparableText(value)] as const),
      [text('ΟΔΟΣ'), 'οδοσ'],
      [text('ΟΔΟΣ '), 'οδοσ'],
      [text('οδός'), 'οδός'],
      [text('İSTANBUL'), 'istanbul'],
      [text('I\u0307I'), 'ii'],
      [text('IĞDIR'), 'iğdir'],
      [text('ẞ'), 'ß'],
      [text('\u212b\u212a\u2126'), 'åkω'],
      [text('\u1112\u1161\u11ab'), '한'],
    ],
  },
  {
    fn: 'money',
    call: "{{ money('a') }}",
    type: 'decimal(18,2)',
    rows: [
      [double('2.675'), '2.68'],
      [double('-0.004999'), '0.00'],
      [double('1234567.891'), '1234567.89'],
    ],
  },
  {
    fn: 'log_level',
    call: "{{ log_level('a', '4', '-4', '4') }}",
    type: 'integer',
    rows: [
      [double('0.5'), '-4'],
      [double('1.18'), '1'],
      [double('0.85'), '-1'],
      [double('1e-300'), '-4'],
      [money('0.00'), '-4'],
    ],
  },
  {
    fn: 'logistic',
    call: "{{ logistic('a') }}",
    type: 'double',
    rows: [
      [double('1'), '0.7310585786300049'],
      [double('-1'), '0.2689414213699951'],
      [double('-2'), '0.11920292202211755'],
      [money('0.00'), '0.5'],
    ],
  },
  {
    fn: 'ln',
    call: "{{ ln('a') }}",
    type: 'double',
    rows: [
      [double('0.5'), '-0.6931471805599453'],
      [double('10'), '2.302585092994046'],
      [double('1e-300'), '-690.7755278982137'],
      [double('-0.0'), null],
      [money('-0.01'), null],
      [money('0.00'), null],
    ],
  },
];
