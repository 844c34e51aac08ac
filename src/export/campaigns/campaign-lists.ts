import { didYouMean } from '../../did-you-mean.ts';
import type { QueryOptions, Reader } from '../../engines/engine.ts';
import { InputError, RunError, UsageError } from '../../errors.ts';
import type { CampaignPlatform } from './platform.ts';
import { CONTACT_COLUMNS } from './read-contacts.ts';

const TABLE = 'business.campaign_targets';

/** A list that is to be written: one campaign, one group. */
export interface CampaignList {
  readonly fileName: string;
  readonly campaignType: string;
  readonly group: 'target' | 'control';
  /** Customers of the list, found by the platform or not. */
  readonly customers: number;
}

interface Choosing {
  readonly platform: CampaignPlatform;
  /** Empty: all. */
  readonly types: readonly string[];
  /** Rows that the table had when it was published; undefined when it is not published. */
  readonly rowCount: number | undefined;
  readonly options: QueryOptions;
}

/** The lists of the published table that a platform gets, in the order of their names. */
export async function chooseLists(
  reader: Reader,
  { platform, types, rowCount, options }: Choosing,
): Promise<CampaignList[]> {
  if (rowCount === undefined) throw outdated('campaign_targets is not published');
  await assertColumns(reader, options);
  // A subquery, because a column that was made text would be grouped and sorted as text.
  const sql = `select ${reader.exactText('campaign_type')}, campaign_group, customers from (
    select campaign_type, campaign_group, count(*) as customers from ${TABLE} group by campaign_type, campaign_group
  ) as lists order by lists.campaign_type, lists.campaign_group desc`;
  const { rows } = await reader.query(sql, options);
  const all = rows.map(([type, group, customers]) => ({
    campaignType: String(type),
    group: group === 'target' ? ('target' as const) : ('control' as const),
    customers: Number(customers),
  }));
  const found = all.reduce((sum, { customers }) => sum + customers, 0);
  if (found !== rowCount) {
    throw new RunError(`${TABLE} has ${found} rows, but had ${rowCount} when it was published`, {
      remedy: 'the published data is damaged: go back with marketing-pipeline rollback, or run the pipeline again',
    });
  }
  const known = [...new Set(all.map(({ campaignType }) => campaignType))];
  if (known.length === 0) {
    throw new InputError('there is nothing to export: no customer fits a campaign', {
      remedy: 'see the conditions of the campaigns in docs/configuration.md, for example minDaysForWinback',
    });
  }
  const wanted = types.length === 0 ? known : types.map((type) => knownType(type, known));
  return all
    .filter(({ campaignType }) => wanted.includes(campaignType))
    .filter(({ group }) => group === 'target' || platform.controlColumns !== undefined)
    .map((list) => ({ ...list, fileName: fileName(platform, list, known) }));
}

function outdated(message: string): RunError {
  return new RunError(message, { remedy: 'run the pipeline again: marketing-pipeline run FILE' });
}

async function assertColumns(reader: Reader, options: QueryOptions): Promise<void> {
  const { columns } = await reader.query(`select * from ${TABLE} limit 0`, options);
  const missing = CONTACT_COLUMNS.filter((name) => !columns.some((column) => column.name === name));
  if (missing.length > 0) throw outdated(`the published campaign_targets has no ${missing.join(', ')}`);
}

/** Written as in the table, or without regard to case. */
function knownType(text: string, known: readonly string[]): string {
  const type = known.find((name) => name === text) ?? known.find((name) => name.toLowerCase() === text.toLowerCase());
  if (type !== undefined) return type;
  throw new UsageError(`no customer is on a list of "${text}"${didYouMean(text, known)}`, {
    remedy: `there are lists of ${known.join(', ')}`,
  });
}

/** `klaviyo-win-back-targets.csv`; a user's own campaigns may need a number to be told apart. */
function fileName(
  platform: CampaignPlatform,
  { campaignType, group }: Pick<CampaignList, 'campaignType' | 'group'>,
  known: readonly string[],
): string {
  const word = slug(campaignType);
  const alike = known.filter((name) => slug(name) === word);
  const number = alike.indexOf(campaignType);
  const part = number > 0 ? `${word}-${number + 1}` : word;
  return `${platform.name}-${part}-${group === 'target' ? 'targets' : 'control-do-not-contact'}.csv`;
}

function slug(text: string): string {
  const word = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return word.replaceAll(/^-|-$/g, '') || 'campaign';
}
