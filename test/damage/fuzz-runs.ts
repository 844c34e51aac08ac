import { PipelineError } from '../../src/errors.ts';
import type { Shop } from '../support/run-shop.ts';

/**
 * Runs the pipeline over any bytes. It publishes all, with every record in one place, or refuses and leaves what is published
 * as it is. Returns what is wrong, undefined where nothing is; a crash is thrown.
 */
export async function faultOfRun(shop: Shop, bytes: Uint8Array): Promise<string | undefined> {
  const before = JSON.stringify(await shop.pipeline.engine.published());
  const path = await shop.write('mutant.csv', bytes);
  try {
    const { layers, snapshotId } = await shop.run([path]);
    const { rawRecords, cleanRecords, rejectedRecords, setAsideRecords } = layers.staging;
    if (rawRecords !== cleanRecords + rejectedRecords + setAsideRecords) return `${rawRecords} records do not add up`;
    const [counted] = await shop.query(
      `select (select count(*) from staging.stg_sales_raw) as records, (select count(*) from warehouse.dim_order) as orders`,
    );
    if (Number(counted?.records) !== rawRecords) return `${counted?.records} records are published, not ${rawRecords}`;
    const published = await shop.pipeline.engine.published();
    return published?.snapshotId === snapshotId
      ? undefined
      : `snapshot ${published?.snapshotId} is published, not ${snapshotId}`;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const after = JSON.stringify(await shop.pipeline.engine.published());
    return after === before ? undefined : `published data has changed, although the run failed: ${error.message}`;
  }
}
