import { expect, test } from 'vitest';
import { lookAtFile } from '../../src/api/setup/look-at-file.ts';
import { mergeSettings, type Question, type QuestionId, type Settings } from '../../src/api/setup/question.ts';
import { setupQuestions } from '../../src/api/setup/setup-questions.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { InputError } from '../../src/errors.ts';
import { type CliFolder, makeCliFolder } from '../support/run-cli.ts';
import { errorOf } from '../support/run-shop.ts';
import { sharedFile } from '../support/shared-data.ts';

interface Asked {
  readonly questions: readonly Question[];
  readonly settings: Settings;
}

/** The questions about a file, as nobody has answered one yet, or those after the given answers. */
async function questionsAbout(
  path: string,
  settings: Settings = {},
  settled: readonly QuestionId[] = [],
): Promise<Question[]> {
  const { config } = await loadConfig({ flags: settings, env: {}, cwd: import.meta.dirname });
  const look = await lookAtFile(path, config, undefined);
  return setupQuestions(look, config.map ?? {}, new Set(settled));
}

/** Answers everything as suggested, and what has no suggestion with the answer at that place. */
async function answerAll(path: string, choose: Partial<Record<QuestionId, number>> = {}): Promise<Asked> {
  let settings: Settings = {};
  const asked: Question[] = [];
  for (;;) {
    const questions = await questionsAbout(
      path,
      settings,
      asked.map(({ id }) => id),
    );
    const [question] = questions;
    if (question === undefined) return { questions: asked, settings };
    asked.push(question);
    const answer = question.answers[choose[question.id] ?? question.answers.indexOf(question.suggested ?? { ...none })];
    if (answer === undefined) throw new Error(`${question.id} was not to be asked: ${question.evidence.join('; ')}`);
    settings = mergeSettings(settings, answer.settings);
  }
}

const none = { label: '', settings: {}, option: '' };

const write = (folder: CliFolder, text: string) => folder.write('orders.csv', text);
const labels = (question: Question | undefined) => question?.answers.map(({ label }) => label);
const hints = (question: Question | undefined) => question?.answers.map(({ hint }) => hint);

test('a file that leaves nothing open is asked nothing about', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer ID,Order ID,Sales\n2024-01-01,a,1,10.00\n');
  expect(await answerAll(path)).toEqual({ questions: [], settings: {} });
});

test('[C57] dates that cannot be decided: the order is asked with what each answer makes of them', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer ID,Order ID,Sales\n01/02/2024,a,1,10.00\n03/04/2024,b,2,5.00\n');
  const [question, ...others] = await questionsAbout(path);
  expect(others).toEqual([]);
  expect(question).toMatchObject({ id: 'date-format', suggested: undefined });
  expect(question?.evidence[0]).toContain('such as 01/02/2024 or 03/04/2024');
  expect(labels(question)).toEqual(['day first', 'month first']);
  expect(hints(question)).toEqual([
    '01/02/2024 is 2024-02-01, 03/04/2024 is 2024-04-03',
    '01/02/2024 is 2024-01-02, 03/04/2024 is 2024-03-04',
  ]);
  const { settings } = await answerAll(path, { 'date-format': 1 });
  expect(settings).toEqual({ dateFormat: 'month-first' });
});

test('[C58] a column that mixes day first and month first is asked about, and what will be refused is said', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer ID,Order ID,Sales\n25/09/2024,a,1,10.00\n09/26/2024,b,2,5.00\n');
  const [question] = await questionsAbout(path);
  expect(question?.evidence).toEqual([
    expect.stringContaining('mixed'),
    'the dates that do not fit the answer will be refused, by row',
  ]);
});

test.each([
  ['20240105', ['yyyymmdd'], ['20240105 is 2024-01-05'], { dateFormat: 'yyyymmdd' }],
  [
    '45296',
    ['counted from 1900', 'counted from 1904'],
    ['45296 is 2024-01-05', '45296 is 2028-01-06'],
    { excelDates: '1900' },
  ],
  [
    '24-01-05',
    ['YY-MM-DD', 'DD-MM-YY', 'MM-DD-YY'],
    ['24-01-05 is 2024-01-05', '24-01-05 is 2005-01-24', '24-01-05 is refused'],
    { dateFormat: 'YY-MM-DD' },
  ],
])('[C62] [C63] a column of %s is asked about, never guessed', async (date, wanted, meanings, settings) => {
  await using folder = await makeCliFolder();
  const path = await write(folder, `Date,Customer ID,Order ID,Sales\n${date},a,1,10.00\n`);
  const { questions, settings: found } = await answerAll(path, { 'date-format': 0 });
  expect(questions.map(({ id }) => id)).toEqual(['date-format']);
  expect(labels(questions[0])).toEqual(wanted);
  expect(hints(questions[0])).toEqual(meanings);
  expect(found).toEqual(settings);
});

test('[C49] amounts that could be read both ways: the decimal mark is asked', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date;Customer ID;Order ID;Sales\n2024-01-01;a;1;1,234\n2024-01-02;b;2;2,500\n');
  const { questions, settings } = await answerAll(path, { 'decimal-mark': 1 });
  expect(questions.map(({ id }) => id)).toEqual(['decimal-mark']);
  expect(hints(questions[0])).toEqual(['1,234 is 1234', '1,234 is 1.234']);
  expect(settings).toEqual({ decimalMark: ',' });
});

test('[C50] several currencies: one is asked for, the most frequent first, and a sign that several share is offered as these', async () => {
  await using folder = await makeCliFolder();
  const path = await write(
    folder,
    'Date,Customer ID,Order ID,Sales\n2024-01-01,a,1,€10.00\n2024-01-02,b,2,$5.00\n2024-01-03,b,3,$6.00\n',
  );
  const { questions, settings } = await answerAll(path, { currency: 4 });
  expect(questions.map(({ id }) => id)).toEqual(['currency']);
  expect(labels(questions[0])).toEqual(['USD', 'CAD', 'AUD', 'NZD', 'EUR']);
  expect(hints(questions[0])?.at(0)).toBe('2 records, written $');
  expect(settings).toEqual({ currency: 'EUR' });
});

test('guests: their number and money, once the dates are known; a file of nothing but guests has no suggestion', async () => {
  await using folder = await makeCliFolder();
  const some = 'Date,Customer ID,Order ID,Sales\n01/02/2024,a,1,10.00\n03/04/2024,,2,20.10\n05/06/2024,,3,0.20\n';
  const path = await write(folder, some);
  const { questions, settings } = await answerAll(path, { 'date-format': 0, guests: 1 });
  expect(questions.map(({ id }) => id)).toEqual(['date-format', 'guests']);
  expect(questions[1]?.evidence).toEqual(['2 records have no customer and are worth 20.30; 1 are sound']);
  expect(questions[1]?.suggested?.option).toBe('--guests reject');
  expect(settings).toEqual({ dateFormat: 'day-first', guests: 'separate' });
  await write(folder, 'Date,Customer ID,Order ID,Sales\n2024-01-02,,1,10.00\n2024-01-03,,2,20.10\n');
  const [question] = await questionsAbout(path);
  expect(question).toMatchObject({
    id: 'guests',
    suggested: undefined,
    evidence: ['none of the 2 records has a customer; together they are worth 30.10'],
  });
});

test('[C61] time stamps with an offset: the zone of the shop is asked, UTC suggested, and a name that is none is refused', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer ID,Order ID,Sales\n2024-01-05T23:30:00-05:00,a,1,10.00\n');
  const [question] = await questionsAbout(path);
  expect(question).toMatchObject({ id: 'timezone', suggested: { label: 'UTC', settings: { timezone: 'UTC' } } });
  expect(question?.evidence[0]).toContain('2024-01-05T23:30:00-05:00, which is 2024-01-06 in UTC');
  expect(question?.typed?.problemOf('Europe/Berln')).toContain('(did you mean "Europe/Berlin"?)');
  expect(question?.typed?.problemOf('Europe/Berlin')).toBeUndefined();
  expect(question?.typed?.answerOf(' America/New_York ').settings).toEqual({ timezone: 'America/New_York' });
  await write(folder, 'Date,Customer ID,Order ID,Sales\n2024-01-05 23:30:00,a,1,10.00\n');
  expect(await questionsAbout(path)).toEqual([]);
});

test('[C36] columns that no name points to: each is asked, the likely ones first, with examples; used ones come last', async () => {
  await using folder = await makeCliFolder();
  const text = 'k1,k2,k3,k4\n77,2024-01-05,ada,10.00\n78,2024-01-06,"bo, jr",12.50\n';
  const path = await write(folder, text);
  const questions = await questionsAbout(path);
  expect(questions.map(({ id }) => id)).toEqual(['date', 'customer', 'order', 'amount']);
  expect(questions.every(({ suggested }) => suggested === undefined)).toBe(true);
  expect(questions[0]?.answers[0]).toMatchObject({
    label: 'k2',
    hint: '2024-01-05, 2024-01-06',
    option: '--map date="k2"',
  });
  expect(labels(questions[1])?.at(-1)).toBe('none of them');
  const found = await answerAll(path, { date: 0, customer: 1, order: 0, amount: 0 });
  expect(found.settings).toEqual({ map: { date: 'k2', customer: 'k3', order: 'k1', amount: 'k4' } });
  expect(found.questions[1]?.answers.map(({ hint }) => hint)).toContain('ada, bo, jr');
});

test('a file without order ids: the orders of a customer on one day can be taken as one', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer,Note,Total\n2024-01-05,ada,x,10.00\n2024-01-05,ada,y,12.50\n');
  const [question] = await questionsAbout(path);
  expect(question?.id).toBe('order');
  const last = (question?.answers.length ?? 0) - 1;
  expect(question?.answers[last]).toMatchObject({ settings: { map: { order: 'Customer & Date' } } });
  const { settings } = await answerAll(path, { order: last });
  expect(await questionsAbout(path, settings)).toEqual([]);
});

test('[C34] several columns of one meaning: both are offered first; a weak name is asked about, with itself suggested', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, 'Date,Customer Name,Order ID,Total,Grand Total\n2024-01-05,Ada,1,10.00,11.00\n');
  const { questions, settings } = await answerAll(path, { amount: 1 });
  expect(questions.map(({ id }) => id)).toEqual(['amount', 'customer']);
  expect(labels(questions[0])?.slice(0, 2)).toEqual(['Total', 'Grand Total']);
  expect(questions[0]?.evidence).toEqual(['"Total" and "Grand Total" both fit']);
  expect(questions[1]?.suggested).toMatchObject({ label: 'Customer Name', hint: 'Ada' });
  expect(settings).toEqual({ map: { amount: 'Grand Total', customer: 'Customer Name' } });
});

test('an order total on the lines of orders: what it means is asked', async () => {
  await using folder = await makeCliFolder();
  const path = await write(
    folder,
    'Order Date,Customer ID,Order ID,Product,Order Total\n2024-01-05,a,1,x,10.00\n2024-01-05,a,1,y,10.00\n',
  );
  const { questions, settings } = await answerAll(path, { grain: 1 });
  expect(questions.map(({ id }) => id)).toEqual(['grain']);
  expect(settings).toEqual({ grain: 'first-line' });
});

test('[C37] a file without a header, an empty one and a damaged one are errors, not questions', async () => {
  await using folder = await makeCliFolder();
  const path = await write(folder, '2024-01-05,a,1,10.00\n2024-01-06,b,2,12.00\n');
  expect((await errorOf(InputError, questionsAbout(path))).message).toContain('no header row');
  await write(folder, '');
  expect((await errorOf(InputError, questionsAbout(path))).message).toContain('no rows');
  await write(folder, 'Date,"Customer ID,Order ID,Sales\n2024-01-05,a,1,10.00\n');
  expect((await errorOf(InputError, questionsAbout(path))).message).toContain('orders.csv');
});

const shopify = sharedFile('exports/shopify_orders.csv');
test.skipIf(shopify.isMissing)(`Shopify's export: guests and time zone, nothing else${shopify.note}`, async () => {
  const { questions, settings } = await answerAll(shopify.path);
  expect(questions.map(({ id }) => id)).toEqual(['guests', 'timezone']);
  expect(settings).toEqual({ guests: 'reject', timezone: 'UTC' });
});
