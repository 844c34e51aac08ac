import type { RunSummary } from '../../src/index.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import type { Made } from './compare.ts';
import type { DamagedFile } from './draft.ts';

/** The staging tables of one run over several files, none of which is to be refused, and all with the same options. */
export interface WholeRun extends AsyncDisposable {
  readonly summary: RunSummary;
  /** What became of a file, in the order in which they were given. */
  made(at: number): Promise<Made>;
}

/** A shop whose runs are not stopped by any number of rejects. */
export function openLenientShop({ options }: Pick<DamagedFile, 'options'>): Promise<Shop> {
  const { dateFormat, maxRecordBytes } = options;
  return openShop({
    maxRejectedShare: 1,
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(maxRecordBytes === undefined ? {} : { maxRecordBytes }),
  });
}

export async function runOver(files: readonly DamagedFile[]): Promise<WholeRun> {
  const shop = await openLenientShop(files[0] ?? { options: {} });
  const paths: string[] = [];
  for (const [at, { bytes }] of files.entries()) paths.push(await shop.write(`${nameOf(at)}.csv`, bytes));
  const summary = await shop.run(paths);
  const warnings = shop.events.flatMap((event) => (event.type === 'notice' ? [event.message] : []));
  const ask = (columns: string, table: string, at: number) =>
    shop.query(`select ${columns} from staging.${table} where source_file = '${nameOf(at)}.csv' order by source_line`);
  return {
    summary,
    made: async (at) => {
      const loaded = await ask(
        'source_line, cast(order_date as varchar) as date, customer_id, order_id, cast(sales_amount as varchar) as amount',
        'stg_sales_clean',
        at,
      );
      const rejected = await ask('source_line, reason_code as reason', 'stg_sales_rejected', at);
      const setAside = await ask('source_line, set_aside_kind as reason', 'stg_sales_set_aside', at);
      return {
        warnings: warnings.filter((message) => message.startsWith(`${nameOf(at)}.csv: `)),
        loaded: loaded.map((row) => ({
          line: Number(row.source_line),
          date: String(row.date),
          customer: String(row.customer_id),
          order: String(row.order_id),
          amount: String(row.amount),
        })),
        reasons: new Map([...rejected, ...setAside].map((row) => [Number(row.source_line), String(row.reason)])),
      };
    },
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}

function nameOf(at: number): string {
  return `orders-${at}`;
}

/** Files that can be loaded together, because the same options read them. */
export function byOptions(files: readonly DamagedFile[]): DamagedFile[][] {
  const groups = Map.groupBy(files, ({ options }) => JSON.stringify(options));
  return [...groups.values()];
}
