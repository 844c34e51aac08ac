import { lockHolder } from '../run/lock.ts';
import { openPublished } from '../run/open-published.ts';
import type { DataSource } from '../server/data-source.ts';
import { type RunningServer, type ServeOptions, startServer } from '../server/start-server.ts';
import { programVersion } from '../version.ts';
import { explainCustomer } from './explain/explain-customer.ts';
import { packageFile } from './folders.ts';
import type { Pipeline } from './pipeline.ts';

/** What a server needs of a pipeline: the server knows nothing else of it. */
export function dataSourceOf(pipeline: Pipeline): DataSource {
  const { config, engine } = pipeline;
  return {
    engine: engine.name,
    capabilities: engine.capabilities,
    currency: config.currency,
    locale: config.locale,
    published: () => engine.published(),
    openPublished: (limits) => openPublished(engine, { limits }),
    loadProject: () => pipeline.loadProject(),
    openHistory: () => pipeline.openHistory(),
    running: () => lockHolder(config.dataDir).info,
    explain: explainCustomer,
  };
}

/** Serves the published data of a pipeline. */
export function servePipeline(pipeline: Pipeline, options: ServeOptions): Promise<RunningServer> {
  const { config, effects } = pipeline;
  const parts = { source: dataSourceOf(pipeline), effects, dataDir: config.dataDir, version: programVersion() };
  return startServer({ ...parts, dashboardDir: packageFile('dist/dashboard') }, options);
}
