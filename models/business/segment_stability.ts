import { topPlaces } from '../../src/analytics/bootstrap/rank-chances.ts';
import { scoreStability, valueStability } from '../../src/analytics/bootstrap/segment-stability.ts';
import { type CodeModelContext, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'segmentation', type: 'text', description: 'five for the five segments, rfm for the eleven named ones' },
  { name: 'segment', type: 'text', description: 'name of the segment' },
  { name: 'customers', type: 'integer', description: 'members; segments without any have no row' },
  {
    name: 'bootstrap_stability',
    type: 'double',
    description:
      'expected share of the members that would be in the same segment had another sample of the same customers been drawn',
  },
] as const;

/** Ranks farther than this from a cut-off, in standard errors, are certain to keep their side. */
const CERTAIN = 8;

async function countCustomers({ query, ref }: CodeModelContext): Promise<{ customers: number; byThresholds: boolean }> {
  const [row] = await query(
    `select customers, frequency_score_method as method from ${ref('segment_cutoffs')} where is_as_of`,
  );
  return { customers: Number(row?.customers ?? 0), byThresholds: row?.method === 'thresholds' };
}

/** Ranks by value in buckets of a fiftieth of the standard error of the cut-off's rank. */
async function fiveStability({ query, ref, vars }: CodeModelContext, customers: number) {
  const places = topPlaces(Number(vars.get('highValueShare')), customers);
  const error = Math.sqrt(places * (1 - places / customers)) + 1;
  const width = Math.max(1, Math.floor(error / 50));
  const [low, high] = [Math.floor(places - CERTAIN * error), Math.ceil(places + CERTAIN * error)];
  const isShare = vars.get('highValueBy') === 'share';
  const rows = await query(`
    select
      customer_segment as segment, value_decides, sum(customers) as members, sum(above * customers) as above
    from (
      select customer_segment, value_decides, customers, above,
        case when value_decides then least(${high}, greatest(${low}, above - mod(above, ${width}))) end as bucket
      from (
        select customer_segment, value_decides, customers,
          cast(sum(customers) over (order by lifetime_value desc)
            - sum(customers) over (partition by lifetime_value) as bigint) as above
        from (
          select lifetime_value, customer_segment, value_decides, count(*) as customers
          from ${ref('segment_states')} where is_as_of group by 1, 2, 3
        ) as worths
      ) as ranked
    ) as bucketed
    group by customer_segment, value_decides, bucket order by customer_segment, value_decides, bucket nulls first`);
  const cells = rows.map(({ segment, value_decides: decides, members, above }) => ({
    segment: String(segment),
    members: Number(members),
    meanAbove: isShare && decides === true ? Number(above) / Number(members) : undefined,
  }));
  return { cells, stability: valueStability(cells, { customers, places, top: 'High Value' }) };
}

/** The cell of a rank: the bound of a fifth that is nearest, and how far from it in half standard errors, at most 3 of them. */
function cellSql(below: string, customers: number): string {
  const others = Math.max(1, customers - 1);
  const step = Math.max(1, Math.round(1.1 * Math.sqrt(customers)));
  const bound = `least(4, greatest(1, floor(cast(10 * ${below} + ${others} as double precision) / ${2 * others})))`;
  const away = `cast(5 * ${below} - ${bound} * ${others} as double precision)`;
  return `cast(100 * ${bound} + least(6, greatest(-7, floor(${away} / ${step}))) as integer)`;
}

async function rfmStability(context: CodeModelContext, customers: number, byThresholds: boolean) {
  const { query, ref } = context;
  const names = await query(`select rfm_score, rfm_segment from ${ref('rfm_cells')} order by rfm_score`);
  const worse = (column: string, order: string) =>
    `select ${column}, cast(sum(count(*)) over (order by ${column} ${order} rows between unbounded preceding and current row)
       - count(*) as bigint) as below from present group by ${column}`;
  const cell = (below: string) => cellSql(below, customers);
  const rows = await query(`
    with present as (
      select coalesce(days_since_last_order, 1000000) as silence, total_orders, revenue, recency_score, frequency_score, monetary_score
      from ${ref('segment_states')} where is_as_of
    ),
    silences as (${worse('silence', 'desc')}),
    orders as (${worse('total_orders', 'asc')}),
    known as (
      select cells.rfm_segment, present.frequency_score, present.revenue,
        silences.below as recency_below, orders.below as frequency_below
      from present
      inner join silences on present.silence = silences.silence
      inner join orders on present.total_orders = orders.total_orders
      inner join ${ref('rfm_cells')} as cells
        on present.recency_score = cells.recency_score and present.frequency_score = cells.frequency_score
          and present.monetary_score = cells.monetary_score
    ),
    joined as (
      select rfm_segment, frequency_score, revenue, ${cell('recency_below')} as recency_cell,
        ${byThresholds ? 'frequency_score' : cell('frequency_below')} as frequency_cell,
        count(*) as customers, sum(recency_below) as recency_below, sum(frequency_below) as frequency_below
      from known
      group by rfm_segment, frequency_score, revenue, recency_cell, frequency_cell
    ),
    ranked as (
      select joined.*, cast(sum(customers) over (order by revenue) - sum(customers) over (partition by revenue) as bigint)
        as monetary_below
      from joined
    )
    select rfm_segment as segment, frequency_score, sum(customers) as members, sum(recency_below) as recency,
      sum(frequency_below) as frequency, sum(monetary_below * customers) as monetary
    from ranked
    group by rfm_segment, frequency_score, recency_cell, frequency_cell, ${cell('monetary_below')}
    order by rfm_segment, frequency_score, recency_cell, frequency_cell, ${cell('monetary_below')}`);
  const cells = rows.map((row) => {
    const members = Number(row.members);
    const mean = (sum: unknown) => Number(sum) / members;
    return {
      segment: String(row.segment),
      members,
      meanBelow: [mean(row.recency), mean(row.frequency), mean(row.monetary)] as const,
      frequencyScore: byThresholds ? Number(row.frequency_score) : undefined,
    };
  });
  const segmentOf = new Map(names.map((row) => [String(row.rfm_score), String(row.rfm_segment)]));
  return { cells, stability: scoreStability(cells, customers, segmentOf) };
}

/** Whether the cut-offs hold up. Ranks come in cells, so that what JavaScript sees does not grow with the customers. */
export const model = defineModel({
  description:
    'How firmly the customers belong to their segments: the expected share of members that would be in the same one had another sample of the same customers been drawn (the bootstrap with infinitely many samples, in closed form). Only cut-offs that are quantiles depend on the sample. For the named segments the three scores are taken as independent, and the choice between quintiles and thresholds as given. One row per segmentation and segment.',
  dependsOn: ['rfm_cells', 'segment_cutoffs', 'segment_states'],
  grain: ['segmentation', 'segment'],
  columns,
  checks: [
    'not_null(segmentation, segment, customers, bootstrap_stability)',
    'unique(segmentation, segment)',
    "accepted_values(segmentation, 'five', 'rfm')",
    'range(customers, 1, null)',
    'range(bootstrap_stability, 0, 1)',
  ],
  async run(context) {
    const { customers, byThresholds } = await countCustomers(context);
    const parts = {
      five: await fiveStability(context, customers),
      rfm: await rfmStability(context, customers, byThresholds),
    };
    const rows = Object.entries(parts).flatMap(([segmentation, { cells, stability }]) =>
      [...stability].map(([segment, share]) => {
        const members = cells.filter((cell) => cell.segment === segment).reduce((sum, cell) => sum + cell.members, 0);
        return [segmentation, segment, members, Math.min(1, Math.max(0, Math.round(1e4 * share) / 1e4))];
      }),
    );
    return { columns, rows };
  },
});
