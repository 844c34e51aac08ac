import { lockHolder } from '../run/lock.ts';
import { openPublished } from '../run/open-published.ts';
import type { DataSource } from '../server/data-source.ts';
import { explainCustomer } from './explain/explain-customer.ts';
import type { Pipeline } from './pipeline.ts';

/** What a server or a report needs of a pipeline: they know nothing else of it. */
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
