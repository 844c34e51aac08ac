import { randomExponential } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { dateOf, dayOf } from './calendar-days.ts';
import { amountText, row, type SaleRow } from './make-shop.ts';

/** A launch whose customers can be told by their ids: `<prefix>t...` are targets, `<prefix>c...` controls. */
export interface PlantedLaunch {
  readonly launchId: string;
  readonly campaignType: string;
  readonly prefix: string;
  readonly launchedOn: string;
  readonly windowDays: number;
  readonly targets: number;
  readonly controls: number;
}

/** All looks of `first` are reached by the last day, one of `second`, none of `third`; `fourth` has no controls, `fifth` two looks only. */
export const launches: readonly PlantedLaunch[] = [
  {
    launchId: 'first',
    campaignType: 'Retention',
    prefix: 'a',
    launchedOn: '2024-06-30',
    windowDays: 42,
    targets: 600,
    controls: 200,
  },
  {
    launchId: 'second',
    campaignType: 'Loyalty',
    prefix: 'b',
    launchedOn: '2024-07-15',
    windowDays: 90,
    targets: 90,
    controls: 10,
  },
  {
    launchId: 'third',
    campaignType: 'Win-Back',
    prefix: 'd',
    launchedOn: '2024-08-10',
    windowDays: 60,
    targets: 20,
    controls: 20,
  },
  {
    launchId: 'fourth',
    campaignType: 'Win-Back',
    prefix: 'e',
    launchedOn: '2024-07-01',
    windowDays: 30,
    targets: 15,
    controls: 0,
  },
  {
    launchId: 'fourth',
    campaignType: 'Cross-Sell',
    prefix: 'f',
    launchedOn: '2024-07-01',
    windowDays: 2,
    targets: 40,
    controls: 30,
  },
];

/** The last day of `campaignOrders`. */
export const lastDay = '2024-08-15';

const begin = '2024-01-01';

/** Orders of all customers of the launches, one long before, others at any time; targets order more often once they are launched. */
export function campaignOrders(seed = 1): SaleRow[] {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const wait = randomExponential.source(uniform)(1);
  const cents = () => 500 + Math.floor(9_000 * uniform() ** 3);
  const rows: SaleRow[] = [row(lastDay, 'bystander', 'o0', '10.00')];
  const order = (day: number, customer: string) => {
    rows.push(row(dateOf(day), customer, `o${rows.length}`, amountText(cents())));
  };
  for (const { prefix, targets, controls, launchedOn } of launches) {
    for (const [group, size, times] of [
      ['t', targets, 3],
      ['c', controls, 1],
    ] as const) {
      for (let number = 1; number <= size; number++) {
        const customer = `${prefix}${group}${number}`;
        order(dayOf(begin) + Math.floor(60 * uniform()), customer);
        for (
          let day = dayOf(launchedOn) - 20 + (300 * wait()) / times;
          day <= dayOf(lastDay);
          day += (300 * wait()) / times
        ) {
          order(Math.floor(day), customer);
        }
      }
    }
  }
  return rows;
}

/** Revenue that was predicted at the launch: a tenth of the first order, unknown for some. */
export const EXPECTED =
  "case when customer_id like '%7' then null else 0.1 * cast(first_amount as double precision) end";

/** The SQL model `campaign_assignments` that takes the place of the ledger. */
export function assignmentsModel(): string {
  const columns =
    'launch_id launched_on campaign_type customer_id campaign_group stratum window_days expected_revenue estimated_value';
  const selects = launches.map(
    ({ launchId, launchedOn, campaignType, prefix, windowDays }) => `
select
    '${launchId}' as launch_id, date '${launchedOn}' as launched_on, '${campaignType}' as campaign_type, customer_id,
    case when customer_id like '${prefix}t%' then 'target' else 'control' end as campaign_group,
    'all' as stratum, ${windowDays} as window_days, ${EXPECTED} as expected_revenue, first_amount as estimated_value
from {{ ref('agg_purchase_days') }}
where purchase_number = 1 and (customer_id like '${prefix}t%' or customer_id like '${prefix}c%')
    and {{ var('asOf') }} > '${launchedOn}'`,
  );
  return `/* Who was assigned to what. One row per launch and customer.
@grain launch_id, customer_id
${columns
  .split(' ')
  .map((name) => `@column ${name} - as in the ledger`)
  .join('\n')}
*/${selects.join('\nunion all')}\n`;
}
