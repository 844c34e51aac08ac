import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planLooks } from '../../src/analytics/experiments/alpha-spending.ts';
import { newcombeInterval } from '../../src/analytics/experiments/newcombe.ts';
import { campaignsMeasureText } from '../../src/cli/campaigns-measure-text.ts';
import { DataPipelineOrchestrator, type RowObject } from '../../src/index.ts';
import { dateOf, dayOf } from '../support/calendar-days.ts';
import type { SaleRow } from '../support/make-shop.ts';
import { assignmentsModel, campaignOrders, lastDay, launches, type PlantedLaunch } from '../support/measured-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { openShop, type Shop } from '../support/run-shop.ts';

const orders = campaignOrders();

async function openCampaignShop(): Promise<Shop> {
  const shop = await openShop({ modelsDir: 'mine' });
  await shop.write('mine/campaign_assignments.sql', assignmentsModel());
  return shop;
}

const RESULTS = 'select * from business.campaign_results order by launch_id, campaign_type, look_number';

let shop: Shop;
let results: RowObject[];

beforeAll(async () => {
  shop = await openCampaignShop();
  await shop.load(orders);
  results = await shop.query(RESULTS);
});

afterAll(() => shop[Symbol.asyncDispose]());

const looksOf = (rows: readonly RowObject[], launch: string, type: string) =>
  rows.filter((row) => row.launch_id === launch && row.campaign_type === type);

interface Counted {
  readonly customers: number;
  readonly converters: number;
  readonly revenue: number;
}

/** What a group ordered from the day after the launch to a day, counted order by order. */
function countOrders({ prefix, launchedOn, ...launch }: PlantedLaunch, group: 't' | 'c', until: string): Counted {
  const own = orders.filter(
    ({ customer, date }) => customer.startsWith(prefix + group) && date > launchedOn && date <= until,
  );
  return {
    customers: group === 't' ? launch.targets : launch.controls,
    converters: new Set(own.map(({ customer }) => customer)).size,
    revenue: own.reduce((sum, { sales }) => sum + Number(sales), 0),
  };
}

describe('the rows of launches at each look', () => {
  const planned = planLooks([0.25, 0.5, 0.75, 1], 0.05);

  test('are there for the looks that have been reached, the last of them is the latest, and the next is named', () => {
    const shown = results.map((row) => [
      `${row.launch_id} ${row.campaign_type}`,
      row.look_number,
      row.look_day,
      row.is_final,
      row.is_latest,
      row.next_look_on,
    ]);
    expect(shown).toEqual([
      ['first Retention', 1, '2024-07-11', false, false, '2024-07-21'],
      ['first Retention', 2, '2024-07-21', false, false, '2024-08-01'],
      ['first Retention', 3, '2024-08-01', false, false, '2024-08-11'],
      ['first Retention', 4, '2024-08-11', true, true, null],
      ['fourth Cross-Sell', 2, '2024-07-02', false, false, '2024-07-03'],
      ['fourth Cross-Sell', 4, '2024-07-03', true, true, null],
      ['fourth Win-Back', 1, '2024-07-09', false, false, '2024-07-16'],
      ['fourth Win-Back', 2, '2024-07-16', false, false, '2024-07-24'],
      ['fourth Win-Back', 3, '2024-07-24', false, false, '2024-07-31'],
      ['fourth Win-Back', 4, '2024-07-31', true, true, null],
      ['second Loyalty', 1, '2024-08-07', false, true, '2024-08-29'],
      ['third Win-Back', 0, '2024-08-10', false, true, '2024-08-25'],
    ]);
  });

  test.each(launches)('of $launchId $campaignType hold what is counted order by order', (launch) => {
    for (const row of looksOf(results, launch.launchId, launch.campaignType)) {
      const [targets, controls] = [
        countOrders(launch, 't', String(row.look_day)),
        countOrders(launch, 'c', String(row.look_day)),
      ];
      const share = ({ converters, customers }: Counted) => (customers === 0 ? null : (100 * converters) / customers);
      expect(row).toMatchObject({
        targets: launch.targets,
        controls: launch.controls,
        target_converters: targets.converters,
        control_converters: controls.converters,
        target_conversion_percent: share(targets),
        control_conversion_percent: share(controls),
        revenue_per_target: (targets.revenue / targets.customers).toFixed(2),
      });
      const look = planned[Number(row.look_number) - 1];
      if (look === undefined || launch.controls === 0) {
        expect([row.conversion_low, row.revenue_difference, row.incremental_revenue]).toEqual([null, null, null]);
        continue;
      }
      const interval = newcombeInterval(
        { successes: targets.converters, total: targets.customers },
        { successes: controls.converters, total: controls.customers },
        look.criticalZ,
      );
      expect(row.conversion_low).toBeCloseTo(100 * interval.low, 9);
      expect(row.conversion_high).toBeCloseTo(100 * interval.high, 9);
      const difference = targets.revenue / targets.customers - controls.revenue / controls.customers;
      expect(Number(row.revenue_difference)).toBeCloseTo(difference, 1);
      if (Number(row.cuped_theta) === 0) expect(row.cuped_difference).toBe(row.revenue_difference);
      const perTarget = Number(row.incremental_revenue) / launch.targets;
      expect(Math.abs(perTarget - Number(row.cuped_difference))).toBeLessThanOrEqual(0.0051);
      if (row.revenue_low !== null) {
        expect(Number(row.revenue_low)).toBeLessThan(Number(row.revenue_difference));
        expect(Number(row.revenue_high)).toBeGreaterThan(Number(row.revenue_difference));
      }
    }
  });

  test('targets who order three times as often are found out; without controls and before a look nothing is', () => {
    const latest = results.filter((row) => row.is_latest);
    expect(Object.fromEntries(latest.map((row) => [`${row.launch_id} ${row.campaign_type}`, row.verdict]))).toEqual({
      'first Retention': 'more',
      'fourth Cross-Sell': 'no evidence',
      'fourth Win-Back': 'no control group',
      'second Loyalty': 'too early',
      'third Win-Back': 'too early',
    });
    const [first] = looksOf(latest, 'first', 'Retention');
    expect(first?.verdict_in_words).toMatch(
      /^More of 600 targets than of 200 controls ordered: \+\d+\.\d\d percentage/,
    );
    expect(Number(first?.incremental_low)).toBeGreaterThan(0);
  });
});

test('a look says the same whenever it is asked for: later orders and earlier runs change nothing', async () => {
  await using earlier = await openCampaignShop();
  const until = (rows: readonly SaleRow[], day: string) => rows.filter(({ date }) => date <= day);
  for (const day of ['2024-07-21', '2024-07-31', lastDay]) {
    const last: SaleRow = { date: day, customer: 'bystander', order: 'last', sales: '1.00' };
    const summary = await earlier.load([...until(orders, day), last]);
    expect(summary.asOf).toBe(day);
    const rows = await earlier.query(RESULTS);
    const known = results.filter((row) => Number(row.look_number) > 0 && String(row.look_day) <= day);
    const plain = (row: RowObject) => ({ ...row, is_latest: null });
    expect(rows.filter((row) => Number(row.look_number) > 0).map(plain)).toEqual(known.map(plain));
  }
});

test('orders of the launch day itself do not count, those of the next and of the last day do', async () => {
  await using other = await openCampaignShop();
  const { launchedOn, windowDays } = launches[0] ?? { launchedOn: '', windowDays: 0 };
  const on = (date: string, customer: string, order: string): SaleRow => ({ date, customer, order, sales: '20.00' });
  const end = dayOf(launchedOn) + windowDays;
  await other.load([
    ...['at1', 'at2', 'at3', 'at4', 'ac1', 'ac2'].map((customer) => on('2024-01-01', customer, `${customer}-0`)),
    on(launchedOn, 'at1', '1'),
    on(dateOf(dayOf(launchedOn) + 1), 'at2', '2'),
    on(dateOf(end), 'at3', '3'),
    on(dateOf(end + 1), 'at4', '4'),
  ]);
  const [row] = looksOf(await other.query(RESULTS), 'first', 'Retention').slice(-1);
  expect(row).toMatchObject({ target_converters: 2, control_converters: 0, revenue_per_target: '10.00' });
});

describe('campaigns measure', () => {
  test('through the library: each launch at its latest look, finished and running apart, newest first', async () => {
    await using orchestrator = new DataPipelineOrchestrator({
      settings: shop.settings,
      effects: shop.pipeline.effects,
    });
    const { asOf, finished, running } = await orchestrator.measureCampaigns();
    expect(asOf).toBe(lastDay);
    const names = (readouts: typeof finished) => readouts.map((one) => `${one.launchId} ${one.campaignType}`);
    expect(names(finished)).toEqual(['fourth Cross-Sell', 'fourth Win-Back', 'first Retention']);
    expect(names(running)).toEqual(['third Win-Back', 'second Loyalty']);
    const [first] = looksOf(results, 'first', 'Retention').slice(-1);
    expect(finished.at(-1)?.effect).toEqual({
      conversionPoints: {
        value: first?.conversion_difference_points,
        low: first?.conversion_low,
        high: first?.conversion_high,
      },
      revenue: {
        value: Number(first?.revenue_difference),
        low: Number(first?.revenue_low),
        high: Number(first?.revenue_high),
      },
      adjustedRevenue: {
        value: Number(first?.cuped_difference),
        low: Number(first?.cuped_low),
        high: Number(first?.cuped_high),
      },
      varianceReductionPercent: first?.variance_reduction_percent,
      incrementalRevenue: {
        value: Number(first?.incremental_revenue),
        low: Number(first?.incremental_low),
        high: Number(first?.incremental_high),
      },
      intervalLevelPercent: first?.interval_level_percent,
    });
    expect(finished.map(({ effect }) => effect === null)).toEqual([false, true, false]);
  });

  test('in words: verdict, counts, money with intervals, what the prediction does, and when the next look is', async () => {
    const text = campaignsMeasureText(
      await shop.pipeline.campaigns.measure(),
      { locale: 'en-US', currency: 'EUR' },
      100,
    );
    const [measured = '', running = ''] = text.split('STILL RUNNING');
    expect(measured).toMatch(/^MEASURED, with orders up to 2024-08-15\n/);
    expect(measured).toMatch(
      /Retention, launched on 2024-06-30 \(first\)\n {2}Verdict: +More of 600 targets than of 200/,
    );
    expect(measured).toMatch(/Ordered: +\d+ of 600 targets \([\d.]+ %\), \d+ of 200 controls \([\d.]+ %\)/);
    expect(measured).toMatch(/In total: +\+€[\d,.]+ \(\+€[\d,.]+ to \+€[\d,.]+\) for all 600 targets, before costs/);
    expect(measured).toContain('42 days, over on 2024-08-11');
    expect(measured).toContain('No control group: nobody was left alone, so the effect cannot be known.');
    expect(measured).toContain('15 targets');
    expect(running).toContain('60 days; the first look is on 2024-08-25');
    expect(running.replaceAll(/\s+/g, ' ')).toContain(
      '90 days; this is look 1 of 4, with orders up to 2024-08-07; the next is on 2024-08-29',
    );
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});

test('nothing launched: empty tables, and the command says what to do', async () => {
  await using plain = await openShop();
  await plain.load(orderRows(30));
  const published = await plain.pipeline.engine.published();
  for (const table of ['campaign_assignments', 'campaign_outcomes', 'campaign_results']) {
    expect(published?.rowCounts[`business.${table}`], table).toBe(0);
  }
  const readouts = await plain.pipeline.campaigns.measure();
  expect(readouts).toMatchObject({ finished: [], running: [] });
  const text = campaignsMeasureText(readouts, { locale: 'en-US', currency: null }, 80);
  expect(text).toMatch(/^No campaign was launched before .*: there is nothing to measure\.\nLaunch a list with: /);
});
