import type { MetadataReader } from '../../metadata/reader.ts';
import type { PublishedReader } from '../../run/open-published.ts';
import { type PublishedRow, readRows } from '../explain/published-row.ts';
import { type CampaignPower, campaignPowerOf } from './campaign-power.ts';

/** One campaign of the published list. Amounts are in the currency of the data. */
export interface CampaignList {
  readonly campaignType: string;
  /** Customers to be addressed. */
  readonly targets: number;
  /** Customers to be left alone. */
  readonly controls: number;
  /** Predicted value times churn risk, of targets and controls together; null where withheld. */
  readonly valueAtStake: number | null;
  /** What one more order brings, on average. */
  readonly averageOrderValue: number;
  /** What contact and offer may cost together for a customer, on average; null where grossMargin was not set, or withheld. */
  readonly offerCostCeiling: number | null;
  /** What a measurement of the whole list can teach. */
  readonly power: CampaignPower;
  /** Launches of this campaign as of the same date. */
  readonly launchIds: readonly string[];
}

export interface CampaignLists {
  readonly snapshotId: string;
  readonly asOf: string;
  /** ISO 4217 code that the input names; null where it names none. */
  readonly currency: string | null;
  readonly campaigns: readonly CampaignList[];
}

const LISTS = `
  select power.*, lists.value_at_stake, lists.average_order_value, lists.offer_cost_ceiling
  from business.campaign_power as power
  inner join (
    select campaign_type, sum(value_at_stake) as value_at_stake, avg(estimated_value) as average_order_value,
      avg(offer_cost_ceiling) as offer_cost_ceiling
    from business.campaign_targets group by campaign_type
  ) as lists on power.campaign_type = lists.campaign_type
  order by power.campaign_type`;

/** The campaigns of the published snapshot, with what was launched as of its date. */
export async function readLists(
  { manifest, reader }: PublishedReader,
  history: MetadataReader | undefined,
): Promise<CampaignLists> {
  const launched = (history?.launches() ?? []).filter(({ launchedOn }) => launchedOn === manifest.asOf);
  const rows = await readRows(reader, LISTS, []);
  return {
    snapshotId: manifest.snapshotId,
    asOf: manifest.asOf,
    currency: manifest.sources.find(({ currency }) => currency !== undefined)?.currency ?? null,
    campaigns: rows.map((row) => {
      const campaignType = row.text('campaign_type');
      return {
        campaignType,
        targets: row.number('targets'),
        controls: row.number('controls'),
        valueAtStake: row.numberOrNull('value_at_stake'),
        averageOrderValue: cents(row, 'average_order_value') ?? 0,
        offerCostCeiling: cents(row, 'offer_cost_ceiling'),
        power: campaignPowerOf(row),
        launchIds: launched.filter((launch) => launch.campaignType === campaignType).map(({ launchId }) => launchId),
      };
    }),
  };
}

function cents(row: PublishedRow, column: string): number | null {
  const value = row.numberOrNull(column);
  return value === null ? null : Math.round(100 * value) / 100;
}
