import { sqlLiteral } from '../../project/sql-text.ts';

/** Which part of the published campaign lists is meant. */
export interface ListSelection {
  /** Campaign types as they stand on the list. */
  readonly types: readonly string[];
  /** Those whose contact costs more than one more order can earn are left out, controls as well as targets. */
  readonly dearestContact?: {
    readonly cost: number;
    /** What the estimated values are multiplied with to be margins. */
    readonly marginFactor: number;
  };
  /** Most targets to be addressed; the most valuable ones are. */
  readonly contacts?: number;
}

/** Of two customers the one with more at stake comes first, whichever campaign they are in. */
export const BEST_FIRST = 'value_at_stake desc nulls last, historic_value desc, customer_id';

/**
 * How many rows up to this one, best first, meet the condition. A sum: DuckDB counts with a filter anew for each row, which takes
 * time with the square of the rows.
 */
export function runningCount(condition: string): string {
  return `sum(case when ${condition} then 1 else 0 end) over (
    order by ${BEST_FIRST} rows between unbounded preceding and current row
  )`;
}

/**
 * A select over the customers that are meant. Where only some targets can be addressed, those controls stay that are worth as much:
 * up to the least valuable target that is addressed. Otherwise the groups could not be compared.
 */
export function selectionSql({ types, dearestContact, contacts }: ListSelection): string {
  const isWorthIt =
    dearestContact === undefined
      ? 'true'
      : `coalesce(estimated_value * no_order_probability * ${sqlLiteral(dearestContact.marginFactor)} >= ${sqlLiteral(dearestContact.cost)}, true)`;
  const listed = `select * from business.campaign_targets where campaign_type in ${sqlLiteral(types)} and ${isWorthIt}`;
  if (contacts === undefined) return listed;
  return `
    select * from (
      select listed.*, ${runningCount(`campaign_group = 'target'`)} as contacts_so_far
      from (${listed}) as listed
    ) as ranked
    where contacts_so_far <= ${sqlLiteral(contacts)}`;
}
