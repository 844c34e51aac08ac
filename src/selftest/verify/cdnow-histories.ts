import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pace } from '../../analytics/published/cdnow-evidence.ts';
import {
  type CdnowHistories,
  calibrationEnd,
  type LoggedCustomer,
  lastDay,
} from '../../analytics/published/logged-customer.ts';
import { weeks } from '../../analytics/units.ts';
import type { Effects } from '../../effects.ts';
import type { Reader } from '../../engines/engine.ts';
import { toObjects } from '../../engines/result-set.ts';
import { InputError } from '../../errors.ts';
import { type IsolatedShop, withIsolatedShop } from '../isolated-shop.ts';

const SAMPLE = 'cdnow_sample_10pct.csv';
const MASTER = 'cdnow_master.csv';

export interface CdnowFiles {
  readonly sample: string;
  readonly master: string;
}

/** @throws InputError that names what is missing of the two files. */
export function findCdnowFiles(folder: string): CdnowFiles {
  if (!existsSync(folder)) throw new InputError(`${folder} is not there`, { remedy: needed });
  const missing = [SAMPLE, MASTER].filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) {
    throw new InputError(`${missing.join(' and ')} not found in ${folder}`, { remedy: needed });
  }
  return { sample: join(folder, SAMPLE), master: join(folder, MASTER) };
}

const needed = `--cdnow names the folder with ${SAMPLE} and ${MASTER}; without --cdnow no files are needed`;

export interface HistoryOptions {
  readonly effects: Effects;
  readonly signal?: AbortSignal;
  readonly pace: Pace;
}

/** The files go through the pipeline, in a temporary folder that is removed; the histories come out of its warehouse. */
export function cdnowHistories(
  { sample, master }: CdnowFiles,
  { effects, signal, pace }: HistoryOptions,
): Promise<CdnowHistories> {
  // Gifts and promotions of $0 are orders in the papers.
  const settings = { allowZeroAmounts: true };
  const cancel = signal === undefined ? {} : { signal };
  return withIsolatedShop({ effects, settings }, async ({ pipeline }) => {
    await pace(`loading ${SAMPLE}`);
    await pipeline.run([sample], cancel);
    const [calibration = [], watched = []] = await readCustomers(pipeline, [calibrationEnd, lastDay], cancel);
    await pace(`loading ${MASTER}`);
    await pipeline.run([master], cancel);
    const [cohort = []] = await readCustomers(pipeline, [lastDay], cancel);
    return { calibration, sample: watched, cohort };
  });
}

type Cancel = { readonly signal?: AbortSignal };

async function readCustomers(
  pipeline: IsolatedShop['pipeline'],
  cuts: readonly string[],
  cancel: Cancel,
): Promise<LoggedCustomer[][]> {
  const reader = await pipeline.openReader();
  try {
    const all: LoggedCustomer[][] = [];
    for (const cut of cuts) all.push(await customersAt(reader, cut, cancel));
    return all;
  } finally {
    await reader.close();
  }
}

/** Orders of one day are one purchase. */
const HISTORIES = `
with purchases as (
  select
    customer_id,
    order_date,
    min(days_since_customer_first_order) as days_since_first,
    sum(order_amount) as amount
  from warehouse.dim_order
  where not is_return and order_date <= cast($2 as date)
  group by customer_id, order_date
)
select
  customer_id,
  count(*) filter (where order_date <= cast($1 as date)) - 1 as frequency,
  max(days_since_first) filter (where order_date <= cast($1 as date)) as recency_days,
  cast($1 as date) - min(order_date) as age_days,
  coalesce(sum(amount) filter (where order_date <= cast($1 as date) and days_since_first > 0), 0) as repeat_spend,
  count(*) filter (where order_date > cast($1 as date)) as later
from purchases
group by customer_id
having min(order_date) <= cast($1 as date)
order by min(order_date), customer_id`;

async function customersAt(reader: Reader, cut: string, cancel: Cancel): Promise<LoggedCustomer[]> {
  const result = await reader.query(HISTORIES, { params: [cut, lastDay], ...cancel });
  return toObjects(result).map((row) => {
    const frequency = Number(row.frequency);
    return {
      id: String(row.customer_id),
      frequency,
      recency: weeks(Number(row.recency_days) / 7),
      age: weeks(Number(row.age_days) / 7),
      repeatSpend: { purchases: frequency, mean: frequency === 0 ? 0 : Number(row.repeat_spend) / frequency },
      later: Number(row.later),
    };
  });
}
