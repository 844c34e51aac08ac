import type { Queryable, QueryOptions } from '../engines/engine.ts';

/** How many customers have the same segments in a row of tables; null where they are not in one. */
export interface SegmentPath {
  readonly segments: readonly (string | null)[];
  readonly customers: number;
}

/** Compares tables customer_segments, from the first to the last; JavaScript sees the distinct paths with their counts. */
export async function readPaths(
  database: Queryable,
  relations: readonly string[],
  options: QueryOptions = {},
): Promise<SegmentPath[]> {
  const stages = relations.map((_, stage) => `stage_${stage}`);
  const rows = relations.map(
    (relation, stage) => `select customer_id, customer_segment, ${stage} as stage from ${relation}`,
  );
  const columns = stages.map((name, stage) => `max(customer_segment) filter (where stage = ${stage}) as ${name}`);
  const order = stages.map((name) => `${name} nulls first`).join(', ');
  const result = await database.query(
    `select ${stages.join(', ')}, count(*) as customers
     from (select ${columns.join(', ')} from (${rows.join(' union all ')}) as memberships group by customer_id) as paths
     group by ${stages.join(', ')} order by ${order}`,
    options,
  );
  return result.rows.map((row) => ({
    segments: stages.map((_, stage) => (row[stage] === null ? null : String(row[stage]))),
    customers: Number(row[stages.length] ?? 0),
  }));
}
