import { didYouMean } from '../../did-you-mean.ts';
import type { Queryable } from '../../engines/engine.ts';
import { UsageError } from '../../errors.ts';
import { readRows } from '../explain/published-row.ts';

/** The campaigns of the built-in rules, which may have nobody on their list. */
const BUILT_IN = ['Win-Back', 'Retention', 'Cross-Sell', 'Loyalty'];

/**
 * The campaign types on the published list, or those of them that are named, in alphabetical order; upper and lower case are alike.
 * @throws UsageError for one that is neither on it nor built in.
 */
export async function campaignTypes(reader: Queryable, named: readonly string[]): Promise<string[]> {
  const sql = 'select distinct campaign_type from business.campaign_targets order by campaign_type';
  const listed = (await readRows(reader, sql, [])).map((row) => row.text('campaign_type'));
  const known = [...new Set([...listed, ...BUILT_IN])];
  const wanted = named.map((name) => {
    const type = known.find((one) => one.toLowerCase() === name.toLowerCase());
    if (type !== undefined) return type;
    throw new UsageError(`there is no campaign "${name}"${didYouMean(name, known)}`, {
      remedy: listed.length === 0 ? 'nobody is on a list now' : `on the list are ${listed.join(', ')}`,
    });
  });
  return wanted.length === 0 ? listed : listed.filter((type) => wanted.includes(type));
}
