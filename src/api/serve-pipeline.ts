import { type RunningServer, type ServeOptions, startServer } from '../server/start-server.ts';
import { programVersion } from '../version.ts';
import { dataSourceOf } from './data-source-of.ts';
import { packageFile } from './folders.ts';
import type { Pipeline } from './pipeline.ts';

/** Serves the published data of a pipeline. */
export function servePipeline(pipeline: Pipeline, options: ServeOptions): Promise<RunningServer> {
  const { config, effects } = pipeline;
  const parts = { source: dataSourceOf(pipeline), effects, dataDir: config.dataDir, version: programVersion() };
  return startServer({ ...parts, dashboardDir: packageFile('dist/dashboard') }, options);
}
