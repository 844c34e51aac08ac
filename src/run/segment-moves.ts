import type { Queryable, QueryOptions } from '../engines/engine.ts';
import { toObjects } from '../engines/result-set.ts';
import type { SegmentMove } from '../metadata/records.ts';

export const NOT_BEFORE = 'not in the data before';
export const NO_LONGER = 'no longer in the data';

/** How many customers went from which segment to which, between two tables customer_segments; who stayed is counted too. */
export async function readMoves(
  database: Queryable,
  { before, after }: { readonly before: string; readonly after: string },
  options: QueryOptions = {},
): Promise<SegmentMove[]> {
  const result = await database.query(
    `select
       coalesce(earlier.customer_segment, '${NOT_BEFORE}') as from_segment,
       coalesce(later.customer_segment, '${NO_LONGER}') as to_segment,
       count(*) as customers
     from (select customer_id, customer_segment from ${before}) as earlier
     full join (select customer_id, customer_segment from ${after}) as later on earlier.customer_id = later.customer_id
     group by 1, 2 order by 1, 2`,
    options,
  );
  return toObjects(result).map((row) => ({
    from: String(row.from_segment),
    to: String(row.to_segment),
    customers: Number(row.customers),
  }));
}
