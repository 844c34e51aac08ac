import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainText } from '../../src/cli/explain-text.ts';
import { systemEffects } from '../../src/effects.ts';
import type { Reader } from '../../src/engines/engine.ts';
import { type RowObject, toObjects } from '../../src/engines/result-set.ts';
import { DataPipelineOrchestrator, Pipeline, type PipelineOptions, writeSample } from '../../src/index.ts';
import { csvOf, row } from '../support/make-shop.ts';
import { engineSettings } from '../support/postgres/test-database.ts';
import { type CliFolder, onlyObject, openCliShop } from '../support/run-cli.ts';

/** In the middle of a month, which is therefore not over. */
const AS_OF = '2024-12-20';

const DRIVERS = ['purchase_model', 'repeat_customer', 'recency', 'rhythm', 'decline', 'value_trend', 'cohort'];

let shop: CliFolder;
let options: PipelineOptions;
let pipeline: Pipeline;
let reader: Reader;

beforeAll(async () => {
  shop = await openCliShop();
  await writeTwoShops(shop.path);
  const twins = [
    row('2024-05-01', '9012', 't1', '10.00'),
    row('2024-05-02', '0009012', 't2', '20.00'),
    row('2024-05-03', '0090121', 't3', '30.00'),
  ];
  const busy = Array.from({ length: 14 }, (_, index) =>
    row(`2024-03-${String(10 + index).padStart(2, '0')}`, 'busy', `b${index}`, `${index + 1}.50`),
  );
  const returns = [row('2024-04-01', 'busy', 'b13', '-4.25'), row('2024-04-02', 'busy', 'unknown-order', '-3.00')];
  await shop.write('more.csv', csvOf([...twins, ...busy, ...returns]));
  expect(await shop.run('run', 'loyal.csv', 'fickle.csv', 'more.csv', '--quiet')).toMatchObject({ code: 0 });
  const settings = { ...engineSettings(shop.path), dataDir: join(shop.path, 'data') };
  options = { settings, effects: { ...systemEffects(), env: {}, cwd: shop.path } };
  pipeline = await Pipeline.open(options);
  reader = await pipeline.openReader();
}, 240_000);

afterAll(async () => {
  await reader?.close();
  await shop?.[Symbol.asyncDispose]();
});

/**
 * Who leaves can be foretold: customers differ much in how often they order, and those who began in odd months mostly return
 * while those who began in even months mostly do not.
 */
async function writeTwoShops(folder: string): Promise<void> {
  const oddMonths = Array.from({ length: 12 }, (_, month) => (month % 2 === 0 ? 1 : 0.001));
  const size = { customers: 1_500, startDate: '2023-01-01', endDate: AS_OF };
  const truth = { orderRateShape: 0.8, meanOrdersPerDay: 0.006, dirtyOrderShare: 0 };
  const loyal = { ...truth, neverReturnShare: 0.2, monthFactors: oddMonths };
  await writeSample(join(folder, 'loyal.csv'), { ...size, seed: 3, truth: loyal });
  const fickle = { ...truth, neverReturnShare: 0.9, monthFactors: oddMonths.toReversed() };
  const file = join(folder, 'fickle.csv');
  await writeSample(file, { ...size, seed: 4, truth: fickle });
  // Customers and orders of their own.
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^(\d+,[^,]+),(\w+),(\w+),/gm, '$1,F$2,F$3,'));
}

async function rows(sql: string): Promise<RowObject[]> {
  return toObjects(await reader.query(sql));
}

async function only(sql: string): Promise<RowObject> {
  const [first] = await rows(sql);
  if (first === undefined) throw new Error(`no row: ${sql}`);
  return first;
}

/** Ids of customers of every kind. */
async function customersOfEveryKind(): Promise<string[]> {
  const one = async (from: string) => String((await only(`select customer_id from ${from} limit 1`)).customer_id);
  return [
    await one('warehouse.dim_customer order by total_orders desc, customer_id'),
    await one('warehouse.dim_customer where total_orders = 1 order by first_order_date, customer_id'),
    await one("business.campaign_targets where campaign_group = 'control' order by customer_id"),
    await one("business.campaign_targets where campaign_type = 'Win-Back' order by customer_id"),
    await one('business.customer_predictions order by churn_risk_percentile desc, customer_id'),
    await one('business.customer_predictions where next_order_date is null order by customer_id'),
    'busy',
  ];
}

const number = (value: RowObject[string] | undefined) => (value === null || value === undefined ? null : Number(value));
const money = (value: unknown) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(Number(value));
const count = (value: unknown) => new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(Number(value));

const tenth = (value: unknown, locale = 'en-US') =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Number(value));

/** The text as one line, so that wrapping does not matter. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');

describe('explain', () => {
  test('--json prints one object, which is what the library returns', async () => {
    await using orchestrator = new DataPipelineOrchestrator(options);
    for (const customerId of await customersOfEveryKind()) {
      const printed = onlyObject(await shop.run('explain', customerId, '--json'));
      expect(printed).toEqual(await pipeline.explain(customerId));
      expect(printed).toEqual(await orchestrator.explainCustomer(customerId));
      expect(printed).toMatchObject({ snapshotId: reader.snapshotId, asOf: AS_OF, profile: { customerId } });
    }
  });

  test('who, segment, campaign and value are what the tables say', async () => {
    for (const customerId of await customersOfEveryKind()) {
      const of = (table: string) => `select * from ${table} where customer_id = '${customerId}'`;
      const explained = await pipeline.explain(customerId);
      const customer = await only(of('warehouse.dim_customer'));
      expect(explained.profile).toEqual({
        customerId,
        isReturnsOnly: false,
        firstOrderDate: customer.first_order_date,
        lastOrderDate: customer.last_order_date,
        daysSinceLastOrder: customer.days_since_last_order,
        orders: customer.total_orders,
        purchaseDays: customer.purchase_days,
        revenue: number(customer.total_spent),
        averageOrder: number(customer.avg_order_value),
        cohortMonth: customer.first_order_cohort_month,
      });
      const segment = await only(of('business.customer_segments'));
      expect(explained.segment).toEqual({
        segment: segment.customer_segment,
        description: segment.segment_description,
        strategy: segment.recommended_strategy,
        valueTier: segment.value_tier,
        daysSinceLastOrder: segment.days_since_last_order,
        expectedGapLimitDays: number(segment.expected_gap_limit_days),
        rfmScore: segment.rfm_score,
        rfmSegment: segment.rfm_segment,
      });
      const [campaign] = await rows(of('business.campaign_targets'));
      expect(explained.campaign).toEqual(
        campaign === undefined
          ? null
          : {
              campaign: campaign.campaign_type,
              group: campaign.campaign_group,
              priority: campaign.priority_level,
              estimatedValue: number(campaign.estimated_value),
              estimatedValueBasis: campaign.estimated_value_basis,
              reason: campaign.reason,
              recommendedAction: campaign.recommended_action,
            },
      );
      const predicted = await only(of('business.customer_predictions'));
      expect(explained.value).toMatchObject({
        historicValue: number(predicted.historic_value),
        expected: {
          predictedValue: number(predicted.predicted_value),
          low: number(predicted.predicted_value_low),
          high: number(predicted.predicted_value_high),
          lifetimeValue: number(predicted.lifetime_value),
          residualValue: number(predicted.residual_value),
          expectedSpend: number(predicted.expected_spend),
        },
      });
      expect(explained.orders.expected).toEqual({
        days: 365,
        orders: predicted.expected_orders_365,
        low: predicted.orders_low_365,
        high: predicted.orders_high_365,
        probabilityOfNone: predicted.p_no_order_365,
        probabilityAlive: predicted.p_alive,
        probabilityOfNeverReturning: predicted.p_never_returns,
      });
      const { next_order_date: date, next_order_from: from, next_order_until: until } = predicted;
      expect(explained.nextOrder).toMatchObject({
        expected: date === null ? null : { date, from, until },
        reason: predicted.next_order_reason,
      });
      const grades = new Map((await rows('select * from business.prediction_grades')).map((one) => [one.score, one]));
      for (const [score, outlook] of [
        ['predicted_value', explained.value],
        ['expected_orders', explained.orders],
        ['churn_risk', explained.churn],
        ['next_order', explained.nextOrder],
      ] as const) {
        const { grade, reason, horizon_days: horizonDays, backtested_days: backtestedDays } = grades.get(score) ?? {};
        expect(outlook.grade).toEqual({ grade, reason, horizonDays, backtestedDays });
        expect(grade).not.toBe('WITHHELD');
      }
    }
  });

  test('the text says the figures in the currency of the shop, in lines that fit', async () => {
    for (const customerId of await customersOfEveryKind()) {
      const { stdout, ...rest } = await shop.run('explain', customerId);
      expect(rest).toEqual({ code: 0, stderr: '' });
      expect(stdout.split('\n').filter((line) => line.length > 100 || line.trimEnd() !== line)).toEqual([]);
      const text = unwrapped(stdout);
      const { profile, segment, value, orders, churn, nextOrder, campaign } = await pipeline.explain(customerId);
      expect(text).toContain(`CUSTOMER ${customerId}, as of ${AS_OF}`);
      expect(text).toContain(`First order: ${profile.firstOrderDate} (cohort ${profile.cohortMonth})`);
      expect(text).toContain(`Revenue: ${money(profile.revenue)}, ${money(profile.averageOrder)} an order`);
      expect(text).toContain(`Segment: ${segment.segment}: ${segment.description}`);
      expect(text).toContain(`RFM: ${segment.rfmScore}`);
      expect(text).toContain(
        `Next 365 days: ${money(value.expected?.predictedValue)} expected; 80 % interval ${money(value.expected?.low)} to ${money(value.expected?.high)}`,
      );
      expect(text).toContain(`Lifetime value: ${money(value.expected?.lifetimeValue)}`);
      expect(text).toContain(`Residual value: ${money(value.expected?.residualValue)}`);
      expect(text).toContain(`80 % interval ${orders.expected?.low} to ${orders.expected?.high}`);
      for (const { grade } of [value, orders, churn]) expect(text).toContain(`: ${grade.grade}: ${grade.reason}`);
      expect(text).toContain(
        nextOrder.expected === null
          ? `NEXT ORDER Date: not predicted: ${nextOrder.reason}`
          : `80 % window: ${nextOrder.expected.from} to ${nextOrder.expected.until}, should there be one`,
      );
      expect(text).toContain(campaign === null ? 'Campaign: none' : `Campaign: ${campaign.campaign}, `);
      if (campaign !== null) expect(text).toContain(`Estimate: ${money(campaign.estimatedValue)}: `);
    }
  });

  test('numbers and money are written as the settings say', async () => {
    const { stdout } = await shop.run('explain', 'busy', '--set', 'locale=de-DE', '--set', 'currency=EUR');
    const { total_spent: spent } = await only(
      "select total_spent from warehouse.dim_customer where customer_id = 'busy'",
    );
    expect(stdout).toContain(
      new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(Number(spent)),
    );
    const cohort = (await pipeline.explain('busy')).cohort?.active[0]?.percent ?? 0;
    expect(stdout).toContain(`month 1: ${tenth(cohort, 'de-DE')} %`);
    expect(stdout).not.toContain('$');
  });

  test('the history lists the last ten orders and returns, newest first, and counts the rest', async () => {
    const { history } = await pipeline.explain('busy');
    const documents = await rows(
      "select * from warehouse.dim_order where customer_id = 'busy' order by order_date desc, customer_order_sequence desc",
    );
    expect(history.entries.map(({ orderId }) => orderId)).toEqual(documents.slice(0, 10).map((one) => one.order_id));
    expect(history.entries[0]).toEqual({
      ...{ date: '2024-04-02', orderId: 'unknown-order', kind: 'return' },
      ...{ amount: 0, returnedAmount: -3, daysSincePreviousOrder: null },
    });
    expect(history.entries[1]).toEqual({
      ...{ date: '2024-03-23', orderId: 'b13', kind: 'order' },
      ...{ amount: 14.5, returnedAmount: -4.25, daysSincePreviousOrder: 1 },
    });
    expect(history.earlierEntries).toBe(documents.length - 10);
    const { stdout } = await shop.run('explain', 'busy');
    expect(stdout).toMatch(/^ {2}2024-03-23 {2}order {3}b13 +\$14\.50 +-\$4\.25 +1$/m);
    expect(stdout).toMatch(/^ {2}2024-04-02 {2}return {2}unknown-order +-\$3\.00$/m);
    expect(stdout).toContain(`  and ${documents.length - 10} earlier\n`);
  });

  test('a customer of the control group is to be left alone; one outside all campaigns is said to be so', async () => {
    const control = await only("select * from business.campaign_targets where campaign_group = 'control' limit 1");
    const alone = unwrapped((await shop.run('explain', String(control.customer_id))).stdout);
    expect(alone).toContain(`Campaign: ${control.campaign_type}, control group Why: ${control.reason}`);
    expect(alone).toContain('What to do: control group: leave alone');
    expect(alone).not.toContain(String(control.recommended_action));
    const target = await only("select * from business.campaign_targets where campaign_group = 'target' limit 1");
    const addressed = unwrapped((await shop.run('explain', String(target.customer_id))).stdout);
    expect(addressed).toContain(`Campaign: ${target.campaign_type}, priority ${target.priority_level} of 5`);
    expect(addressed).toContain(`What to do: ${target.recommended_action}`);
    const outside = await only(
      'select customer_id from business.customer_segments where customer_id not in (select customer_id from business.campaign_targets) limit 1',
    );
    const text = (await shop.run('explain', String(outside.customer_id))).stdout;
    expect(text).toMatch(/^ {2}Campaign: +none: no rule chooses this customer$/m);
  });

  test('the cohort is told by its mature months, and where the customer stands in it', async () => {
    for (const month of ['2023-03', '2024-11', '2024-12']) {
      const { customer_id: customerId } = await only(
        `select customer_id from warehouse.dim_customer where first_order_cohort_month = '${month}' limit 1`,
      );
      const cells = await rows(
        `select * from business.cohort_analysis where cohort_month = '${month}' order by months_since_acquisition`,
      );
      const mature = cells.filter(
        (cell) => [1, 3, 6, 12].includes(Number(cell.months_since_acquisition)) && cell.is_immature === false,
      );
      const { cohort } = await pipeline.explain(String(customerId));
      expect(cohort).toEqual({
        cohortMonth: month,
        customers: cells[0]?.cohort_size,
        active: mature.map((cell) => ({
          month: cell.months_since_acquisition,
          customers: cell.active_customers,
          percent: number(cell.retention_rate_percent),
        })),
        currentMonth: cells.length - 1,
        revenuePerCustomer: number(cells.at(-1)?.cumulative_revenue_per_customer),
      });
      const text = unwrapped((await shop.run('explain', String(customerId))).stdout);
      expect(text).toContain(`${count(cells[0]?.cohort_size)} customers who first ordered in ${month}`);
      for (const cell of mature) {
        const percent = tenth(cell.retention_rate_percent);
        expect(text).toContain(`month ${cell.months_since_acquisition}: ${percent} % (${cell.active_customers})`);
      }
      expect(text).toContain(cells.length === 1 ? 'no month after the first is over yet' : `month ${cells.length - 1}`);
      expect(text).toContain(`${money(cells.at(-1)?.cumulative_revenue_per_customer)} per customer so far`);
    }
  });

  test('a window of the next order that does not end is said to be so', async () => {
    const [dated] = await rows(
      'select customer_id from business.customer_predictions where next_order_date is not null',
    );
    const explained = await pipeline.explain(String(dated?.customer_id));
    const { expected } = explained.nextOrder;
    if (expected === null) throw new Error('no date is foreseen');
    const endless = { ...explained, nextOrder: { ...explained.nextOrder, expected: { ...expected, until: null } } };
    expect(unwrapped(explainText(endless, pipeline.config, undefined))).toContain(
      `80 % window: from ${expected.from} on, with no end in sight, should there be one`,
    );
  });
});

describe('the risk of leaving', () => {
  test('is told with its rank and its drivers, strongest first; those of hardly any effect are left out', async () => {
    const told = new Set<string>();
    for (const driver of DRIVERS) {
      const predicted = await only(
        `select * from business.customer_predictions order by abs(driver_${driver}) desc, customer_id limit 1`,
      );
      const strengths = DRIVERS.map((name) => [name, Number(predicted[`driver_${name}`])] as const)
        .filter(([, logOdds]) => Math.abs(logOdds) >= 0.05)
        .sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
      const { churn } = await pipeline.explain(String(predicted.customer_id));
      expect(churn.expected).toMatchObject({
        score: number(predicted.churn_risk_score),
        percentile: number(predicted.churn_risk_percentile),
        horizonDays: predicted.churn_horizon_days,
        drivers: strengths.map(([name, logOdds]) => ({ driver: name, logOdds, oddsRatio: Math.exp(logOdds) })),
      });
      const text = unwrapped((await shop.run('explain', String(predicted.customer_id))).stdout);
      expect(text).toContain(`likely not to order within ${predicted.churn_horizon_days} days`);
      const percentile = Number(predicted.churn_risk_percentile);
      if (percentile === 100) expect(text).toContain('Compared: no customer has a higher risk');
      if (percentile >= 1 && percentile <= 99) {
        expect(text).toContain(`higher than the risk of ${count(percentile)} % of the customers`);
      }
      const effects = [...text.matchAll(/([+-]) [^:]+: (\w+) the odds of leaving by (over )?([\d.,]+)/g)];
      expect(effects).toHaveLength(strengths.length);
      for (const [position, [name, logOdds]] of strengths.entries()) {
        const [, sign, verb, over, size] = effects[position] ?? [];
        const odds = Math.exp(logOdds);
        expect([name, sign, verb]).toEqual([
          ...[name, logOdds < 0 ? '-' : '+'],
          logOdds < 0 ? 'lowers' : odds < 1.95 ? 'raises' : 'multiplies',
        ]);
        const exact = logOdds < 0 ? 100 * (1 - odds) : odds < 1.95 ? 100 * (odds - 1) : odds;
        if (over === undefined) expect(Math.abs(Number(size?.replaceAll(',', '')) - exact)).toBeLessThanOrEqual(0.5);
        else expect(exact).toBeGreaterThan(Number(size));
        told.add(name);
      }
    }
    expect([...told]).toEqual(expect.arrayContaining(['purchase_model', 'cohort']));
  });

  test('of a customer like the average says that nothing sets the customer apart', async () => {
    const explained = await pipeline.explain('busy');
    const { expected } = explained.churn;
    if (expected === null) throw new Error('no risk is foreseen');
    const average = { ...explained, churn: { ...explained.churn, expected: { ...expected, drivers: [] } } };
    const lines = explainText(average, pipeline.config, undefined).split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}Why: +nothing sets this customer apart from an average one$/),
    );
    expect(lines.join('\n')).not.toContain('odds of leaving');
  });

  test('is explained by facts that follow from the orders and are what the model has seen', async () => {
    const frequent = await rows(
      'select customer_id from warehouse.dim_customer where purchase_days >= 3 order by customer_id limit 25',
    );
    const others = await customersOfEveryKind();
    for (const customerId of [...frequent.map((one) => String(one.customer_id)), ...others]) {
      const days = await rows(
        `select order_date, sum(order_amount) as amount from warehouse.dim_order
         where customer_id = '${customerId}' and not is_return group by 1 order by 1`,
      );
      const dates = days.map((one) => Date.parse(`${one.order_date}T00:00:00Z`) / 86_400_000);
      const amounts = days.map((one) => Number(one.amount));
      const today = Date.parse(`${AS_OF}T00:00:00Z`) / 86_400_000;
      const gaps = dates.slice(1).map((date, index) => date - (dates[index] ?? 0));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const trend = (values: readonly number[]) =>
        values.length < 2 ? null : { last: values.at(-1), before: expect.closeTo(mean(values.slice(0, -1)), 6) };
      const habits = (await pipeline.explain(customerId)).churn.expected?.habits;
      expect(habits).toMatchObject({
        purchaseDays: days.length,
        daysSinceFirstPurchase: today - (dates[0] ?? 0),
        daysSinceLastPurchase: today - (dates.at(-1) ?? 0),
        usualGapDays: gaps.length === 0 ? null : expect.closeTo(mean(gaps), 6),
        gapTrend: trend(gaps),
        amountTrend: trend(amounts),
      });
      const seen = await only(
        `select * from business.customer_histories where cut_date = cast('${AS_OF}' as date) and customer_id = '${customerId}'`,
      );
      const level = (ratio: number, most: number) =>
        Math.max(-most, Math.min(most, Math.round(2 * Math.log2(ratio) + 1e-9)));
      const { gapTrend, amountTrend, usualGapDays, daysSinceLastPurchase = 0 } = habits ?? {};
      if (gapTrend) expect(level(gapTrend.last / gapTrend.before, 6) - Number(seen.decline_level)).toBeCloseTo(0);
      if (amountTrend)
        expect(level(amountTrend.last / amountTrend.before, 4) - Number(seen.value_trend_level)).toBeCloseTo(0);
      if (usualGapDays && daysSinceLastPurchase > 0) {
        expect(level(daysSinceLastPurchase / usualGapDays, 6) - Number(seen.rhythm_level)).toBeCloseTo(0);
      }
      expect(Math.round(4 * Math.log2(habits?.cohortRepeatRatio ?? 0))).toBe(seen.cohort_level);
    }
  });
});

describe('ids are text', () => {
  test('0009012 and 9012 are two customers', async () => {
    expect((await pipeline.explain('9012')).profile.revenue).toBe(10);
    expect((await pipeline.explain('0009012')).profile.revenue).toBe(20);
    expect((await shop.run('explain', '0009012')).stdout).toMatch(/^CUSTOMER 0009012, .*\n[\s\S]* \$20\.00, /);
  });

  test('an id that nobody has is refused, with ids that look like it', async () => {
    const { customer_id: known } = await only(
      "select customer_id from warehouse.dim_customer where customer_id like '001___' order by customer_id limit 1",
    );
    const bare = String(known).replace(/^0+/, '');
    const cases: readonly (readonly [string, string])[] = [
      ['009012', 'there is no customer "009012" (did you mean "9012" or "0009012"?)'],
      ['BUSY', 'there is no customer "BUSY" (did you mean "busy"?)'],
      ['bus', 'there is no customer "bus" (did you mean "busy"?)'],
      ['busy,', 'there is no customer "busy," (did you mean "busy"?)'],
      [' busy', 'there is no customer " busy" (did you mean "busy"?)'],
      ['nobody%', 'there is no customer "nobody%"'],
      ["' or '1'='1", `there is no customer "' or '1'='1"`],
    ];
    for (const [typed, message] of cases) {
      const refused = await shop.run('explain', typed);
      expect({ typed, ...refused }).toEqual({ typed, code: 2, stdout: '', stderr: expect.any(String) });
      const [first, ...remedy] = refused.stderr.trimEnd().split('\n');
      expect(first).toBe(`error: ${message}`);
      expect(remedy.at(-1)).toMatch(/^ {2}- list customers with: marketing-pipeline query "select customer_id/);
    }
    const short = await shop.run('explain', bare);
    expect(short.stderr).toContain(`there is no customer "${bare}" (did you mean "${known}"`);
    const many = await shop.run('explain', '00');
    expect(many.stderr.match(/"00\w+"/g)).toHaveLength(3);
  });
});
