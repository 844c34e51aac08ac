import { LAYERS, type Layer } from '../engines/layer.ts';
import type { CampaignReadouts } from './campaigns/campaign-readout.ts';
import type { CustomerExplanation } from './explain/customer-explanation.ts';
import { LayerDatabase } from './layer-database.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';
import { type PipelineStatus, readStatus } from './pipeline-status.ts';
import { type QualitySummary, readQuality } from './quality-summary.ts';

/**
 * Looks at what the pipeline has done: status, quality, single customers, and the layers themselves.
 *
 * ```ts
 * const orchestrator = new DataPipelineOrchestrator();
 * const quality = await orchestrator.getDataQualitySummary();
 * const rows = await orchestrator.databases.staging.query('select count(*) as n from stg_sales_clean');
 * await orchestrator.close();
 * ```
 */
export class DataPipelineOrchestrator implements AsyncDisposable {
  /** The published layers, opened read-only when first queried. */
  readonly databases: Readonly<Record<Layer, LayerDatabase>>;
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions = {}) {
    this.#options = options;
    const open = (layer: Layer) => new LayerDatabase(layer, () => Pipeline.open(options));
    this.databases = { staging: open('staging'), warehouse: open('warehouse'), business: open('business') };
  }

  /** What is published, whether a run is under way, and the last runs. `lastRuns` says how many; default 10. */
  async getPipelineStatus({ lastRuns = 10 }: { readonly lastRuns?: number } = {}): Promise<PipelineStatus> {
    return readStatus(await Pipeline.open(this.#options), lastRuns);
  }

  /** The checks and the reconciliation of the last run, or of the one that is named. */
  async getDataQualitySummary({ runId }: { readonly runId?: string } = {}): Promise<QualitySummary> {
    return readQuality(await Pipeline.open(this.#options), runId);
  }

  /** All that is known and foreseen of one customer, with the reasons. @throws UsageError for an id that nobody has. */
  async explainCustomer(customerId: string): Promise<CustomerExplanation> {
    return (await Pipeline.open(this.#options)).explain(customerId);
  }

  /** What launched campaigns brought, each at the latest look that has been reached. */
  async measureCampaigns(): Promise<CampaignReadouts> {
    return (await Pipeline.open(this.#options)).campaigns.measure();
  }

  /** Closes the databases that were opened. */
  async close(): Promise<void> {
    await Promise.all(LAYERS.map((layer) => this.databases[layer].close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
