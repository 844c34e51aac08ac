import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dataSourceOf } from '../../src/api/data-source-of.ts';
import { answerKey } from '../../src/report/answer-key.ts';
import type { CustomerDetail } from '../../src/report/customer-detail.ts';
import { htmlReport } from '../../src/report/html-report.ts';
import { readReport } from '../../src/report/read-report.ts';
import { REPORT_QUESTIONS } from '../../src/report/report-questions.ts';
import type { ReportFormat } from '../../src/report/report-types.ts';
import { openHostileShop } from '../support/hostile-shop.ts';
import type { Shop } from '../support/run-shop.ts';
import { serveForTest } from '../support/serve-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';

let shop: Shop;
let ids: string[];

beforeAll(async () => {
  shop = await openHostileShop();
  ids = (await shop.query('select customer_id from warehouse.dim_customer')).map((row) => String(row.customer_id));
});

afterAll(() => shop[Symbol.asyncDispose]());

async function textOf(format: ReportFormat, customers?: CustomerDetail): Promise<string> {
  return (await shop.pipeline.makeReport({ format, customers })).content.toString();
}

/** The JSON within a page, as a browser finds it: up to the first end of its element. */
function dataOf(html: string) {
  const [, json = ''] = /<script type="application\/json" id="report-data">(.*?)<\/script/s.exec(html) ?? [];
  return { json, data: JSON.parse(json) };
}

describe('the HTML report', () => {
  test('[S17] its data ends where it ends: nothing in it closes the element or begins a comment', async () => {
    const html = await textOf('html', 'ids');
    const { json, data } = dataOf(html);
    expect(json).not.toMatch(/[<\u2028\u2029]/);
    const targets = data.answers['customers?limit=100&order=desc&sort=historic_value'].rows;
    const shown = targets.map((row: { customer_id: string }) => row.customer_id);
    expect(HOSTILE_IDS.filter((id) => !shown.includes(id))).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
  });

  test('[S17] names of files and text like the marks of the template stay text', async () => {
    const questions = { data: [{ path: 'data/sources', params: {} }] };
    const data = await readReport(dataSourceOf(shop.pipeline), { questions, customers: 'none', place: '' });
    const template = '<script>"__REPORT_DATA__"</script><title>__REPORT_TITLE__</title>';
    const html = htmlReport(data, template);
    expect(html.match(/</g)).toHaveLength(4);
    const [, json = ''] = /<script>(.*)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(json).answers['data/sources?'].rows[0].file_name).toContain("<svg onload=alert(1)><!--<script>'");
    expect(htmlReport({ ...data, customers: 'ids' }, template)).toContain('"customers":"ids"');
  });

  test('its policy allows the one script within and nothing else', async () => {
    const html = await textOf('html');
    const [, code = ''] = /<script type="module">(.*?)<\/script>/s.exec(html) ?? [];
    const hash = createHash('sha256').update(code).digest('base64');
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toContain("default-src 'none'; ");
    expect(policy).toContain(`script-src 'sha256-${hash}'; `);
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/http|unsafe-eval|script-src[^;]*unsafe/);
  });

  test('each answer is what the server answers to the same question', async () => {
    const { data } = dataOf(await textOf('html'));
    const server = await serveForTest(shop.pipeline);
    const questions = Object.values(REPORT_QUESTIONS).flat();
    expect(questions.length).toBeGreaterThan(2);
    for (const { path, params } of questions) {
      if (path === 'data/runs') continue;
      const key = answerKey(path, params);
      const answer = await server.rows(`/api/${key}`);
      expect(Object.keys(answer.rows[0] ?? {}).join(), key).not.toMatch(/customer_id|raw_text/);
      expect(data.answers[key], key).toEqual(answer);
    }
  });
});

test('a report with lists of customers is small enough to be mailed', async () => {
  const budget = JSON.parse(await readFile(new URL('../../dashboard/budget.json', import.meta.url), 'utf8'));
  const { content } = await shop.pipeline.makeReport({ format: 'html', customers: 'ids' });
  expect(content.length).toBeLessThanOrEqual(budget.reportFile);
});

describe('customers', () => {
  test.each(['html', 'md', 'json'] as const)(
    '%s: no id of a customer is in it, unless that is asked for',
    async (format) => {
      const known = ids.filter((id) => id.length > 4 && !/^\d+$/.test(id));
      expect(known.length).toBeGreaterThan(8);
      const text = format === 'html' ? dataOf(await textOf(format)).json : await textOf(format);
      const found = known.filter((id) => text.includes(JSON.stringify(id).slice(1, -1).replaceAll('<', '\\u003c')));
      expect(found).toEqual([]);
      expect((await textOf(format, 'ids')).includes('x'.repeat(300))).toBe(true);
    },
  );

  test('pseudonyms number them, the same customer alike in all lists; ids shows them', async () => {
    const lists = async (customers: CustomerDetail) => {
      const { answers } = JSON.parse(await textOf('json', customers));
      return answers
        .filter(({ section }: { section: string }) => section === 'customers')
        .map(({ rows }: { rows: { customer_id: string }[] }) => rows.map((row) => row.customer_id));
    };
    const [named, numbered] = [await lists('ids'), await lists('pseudonyms')];
    expect(named).toHaveLength(2);
    const pairs = new Map<string, string>();
    for (const [list, rows] of numbered.entries()) {
      expect(rows).toHaveLength(named[list].length);
      for (const [index, pseudonym] of rows.entries()) {
        expect(pseudonym).toMatch(/^customer \d+$/);
        expect(pairs.get(named[list][index]) ?? pseudonym).toBe(pseudonym);
        pairs.set(named[list][index], pseudonym);
      }
    }
    expect(new Set(pairs.values()).size).toBe(pairs.size);
    const top = await shop.query(
      'select customer_id from business.customer_list order by historic_value desc, customer_id limit 100',
    );
    expect(named[1]).toEqual(top.map((row) => row.customer_id));
  });
});

test.each(['html', 'md', 'json'] as const)(
  '%s: the same snapshot gives the same bytes, whatever was tried since',
  async (format) => {
    const before = await textOf(format, 'pseudonyms');
    await expect(shop.run([await shop.write('bad.csv', 'a,b\n1,2\n')])).rejects.toThrow();
    expect(await textOf(format, 'pseudonyms')).toBe(before);
  },
);

test('a list of runs ends with the published one, however many runs have failed since', async () => {
  await expect(shop.run([await shop.write('bad.csv', 'a,b\n1,2\n')])).rejects.toThrow();
  const history = shop.pipeline.openHistory();
  expect(history?.lastRuns(10).length).toBeGreaterThan(1);
  history?.close();
  const questions = { data: [{ path: 'data/runs', params: { limit: 2 } }] };
  const { answers, snapshot } = await readReport(dataSourceOf(shop.pipeline), {
    questions,
    customers: 'none',
    place: '',
  });
  const [row, ...others] = answers.get('data/runs?limit=2')?.answer.rows ?? [];
  expect(row?.[0]).toBe(snapshot.runId);
  expect(others).toEqual([]);
});

test('json: every answer says its page, question, columns and rows, exact to the cent', async () => {
  const { generator, version, answers, snapshot, customers } = JSON.parse(await textOf('json'));
  expect({ generator, version, customers }).toEqual({ generator: 'marketing-pipeline', version: 1, customers: 'none' });
  const shape = z.array(
    z.strictObject({
      section: z.string(),
      question: z.string(),
      params: z.record(z.string(), z.unknown()),
      summary: z.string().nullable(),
      snapshot: z.literal(snapshot.snapshot),
      asOf: z.literal('2024-12-31'),
      currency: z.literal('USD'),
      columns: z.array(
        z.strictObject({
          name: z.string(),
          type: z.string(),
          description: z.string().nullable(),
          unit: z.string().optional(),
        }),
      ),
      rows: z.array(z.record(z.string(), z.unknown())),
      page: z.strictObject({ limit: z.int(), offset: z.int(), total: z.int() }).optional(),
      grades: z
        .array(
          z.strictObject({ score: z.string(), grade: z.string(), reason: z.string(), horizonDays: z.int().nullable() }),
        )
        .optional(),
    }),
  );
  expect(shape.safeParse(answers).error).toBeUndefined();
  const totals = answers.find(({ question }: { question: string }) => question === 'overview/totals');
  const [truth] = await shop.query(
    'select sum(total_spent) as revenue, count(*) as customers from warehouse.dim_customer',
  );
  expect(totals.rows[0]).toMatchObject({ revenue: Number(truth?.revenue), customers: truth?.customers });
});
