import type { RunSummary } from '../run/summary.ts';
import { Pipeline, type PipelineOptions, type RunOptions } from './pipeline.ts';

/**
 * Runs the whole pipeline.
 *
 * ```ts
 * const runner = new MasterPipelineRunner({ settings: { dataDir: './data' } });
 * const summary = await runner.runFullPipeline('orders.csv');
 * ```
 */
export class MasterPipelineRunner {
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions = {}) {
    this.#options = options;
  }

  /**
   * Runs all layers, or those that are not skipped, over a file, several files or globs; without any, over the
   * bundled sample. Returns the summary when everything has been published.
   * @throws PipelineError with a cause and a remedy when it has not; published data is untouched then.
   */
  async runFullPipeline(files: string | readonly string[] = [], options: RunOptions = {}): Promise<RunSummary> {
    const pipeline = await Pipeline.open(this.#options);
    return pipeline.run(typeof files === 'string' ? [files] : files, options);
  }

  /** The figures of the published data, as `run --json` prints them; undefined before the first run. */
  async getPipelineReport(): Promise<RunSummary | undefined> {
    const pipeline = await Pipeline.open(this.#options);
    return pipeline.report();
  }
}
