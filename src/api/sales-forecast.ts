import { toObjects } from '../engines/result-set.ts';
import { type ForecastFigures, readForecastFigures } from '../run/forecast-figures.ts';
import type { PublishedReader } from '../run/open-published.ts';
import { type ExpectedSum, readPredictionFigures } from '../run/prediction-figures.ts';

/** What `forecast --json` prints. Money is in the shop's currency. */
export interface SalesForecast extends ForecastFigures {
  readonly snapshotId: string;
  readonly asOf: string;
  readonly currency: string | null;
  /**
   * For comparison: purchase days and revenue that the purchase model expects of today's customers in the 365 days after the as-of
   * date. Null where they are withheld.
   */
  readonly purchaseModel: { readonly orders: ExpectedSum | null; readonly revenue: ExpectedSum | null };
}

/** Reads the forecast and what the purchase model says of the same customers. */
export async function readSalesForecast({ manifest, reader }: PublishedReader): Promise<SalesForecast> {
  const objects = async (sql: string) => toObjects(await reader.query(sql));
  const business = (name: string) => `business.${name}`;
  const { expectedOrders = null, expectedRevenue = null } = await readPredictionFigures(objects, business);
  return {
    ...{ snapshotId: manifest.snapshotId, asOf: manifest.asOf },
    currency: manifest.sources.find((source) => source.currency !== undefined)?.currency ?? null,
    ...(await readForecastFigures(objects, business)),
    purchaseModel: { orders: expectedOrders, revenue: expectedRevenue },
  };
}
