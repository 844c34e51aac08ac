import { didYouMean } from '../../did-you-mean.ts';
import type { Queryable } from '../../engines/engine.ts';
import { InputError, UsageError } from '../../errors.ts';
import { readRows } from '../explain/published-row.ts';

/**
 * The campaign types on the published list, or those of them that are named, in the order of the list; upper and lower case are alike.
 * @throws UsageError for one that is not on it, InputError where nobody is on it.
 */
export async function campaignTypes(reader: Queryable, named: readonly string[]): Promise<string[]> {
  const sql = 'select distinct campaign_type from business.campaign_targets order by campaign_type';
  const listed = (await readRows(reader, sql, [])).map((row) => row.text('campaign_type'));
  if (listed.length === 0) {
    throw new InputError('nobody is on a campaign list', {
      remedy: [
        'who has been launched lately rests for campaignCooldownDays: marketing-pipeline campaigns history',
        'the rules are settings: marketing-pipeline config',
      ],
    });
  }
  const wanted = named.map((name) => {
    const type = listed.find((one) => one.toLowerCase() === name.toLowerCase());
    if (type !== undefined) return type;
    throw new UsageError(`there is no campaign "${name}" on the list${didYouMean(name, listed)}`, {
      remedy: `on the list are ${listed.join(', ')}`,
    });
  });
  return wanted.length === 0 ? listed : listed.filter((type) => wanted.includes(type));
}
