import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Pipeline } from '../api/pipeline.ts';
import { ENVIRONMENT_PREFIX, environmentName } from '../config/environment.ts';
import type { ConfigSpec } from '../config/schema.ts';
import type { Effects } from '../effects.ts';
import { dropOutsideData } from '../engines/open-engine.ts';
import { claimFolder } from '../export/claimed-folder.ts';

/** The name of a self-test's folder begins with this. */
export const SELFTEST_PREFIX = 'marketing-pipeline-selftest-';

/** A shop of its own in a temporary folder. */
export interface IsolatedShop {
  readonly folder: string;
  readonly pipeline: Pipeline;
}

/** Where self-tests make their folders. */
export function selftestParent({ env }: Pick<Effects, 'env'>): string {
  return realpathSync(env.TMPDIR ?? tmpdir());
}

/** The database that a self-test tries out. */
export type EngineChoice = Pick<ConfigSpec, 'engine' | 'connection' | 'passwordFile'>;

/** Where the defaults do not do. */
type ShopSettings = Pick<ConfigSpec, 'allowZeroAmounts'>;

/** As long as a prefix may be, and as unique as the name of the self-test's folder. */
const PREFIX_LENGTH = 19;

/** What the names of a self-test's schemas begin with, by its folder. */
export function selftestSchemaPrefix(folder: string): string {
  return `${`selftest_${basename(folder).slice(SELFTEST_PREFIX.length)}`.slice(0, PREFIX_LENGTH)}_`;
}

/**
 * Does something with a shop that has default settings but for its engine: neither the environment nor a config file nor
 * the working folder reaches it, and in a database it has schemas of its own, so that real data cannot be touched. All
 * of it is removed afterwards, whatever happens.
 */
export async function withIsolatedShop<T>(
  {
    effects,
    engine,
    settings,
  }: { readonly effects: Effects; readonly engine?: EngineChoice | undefined; readonly settings?: ShopSettings },
  work: (shop: IsolatedShop) => Promise<T>,
): Promise<T> {
  const claim = { prefix: SELFTEST_PREFIX, command: 'selftest', effects };
  const folder = claimFolder(selftestParent(effects), claim);
  try {
    const pipeline = await Pipeline.open({
      settings: {
        ...settings,
        ...engine,
        dataDir: join(folder.path, 'data'),
        schemaPrefix: selftestSchemaPrefix(folder.path),
      },
      effects: { ...effects, env: serverEnvironment(effects.env), cwd: folder.path },
    });
    try {
      return await work({ folder: folder.path, pipeline });
    } finally {
      await dropOutsideData(pipeline.config, pipeline.effects.env);
    }
  } finally {
    await folder.remove();
  }
}

/** Where a server is and who may connect, which settings alone do not say; none of our own settings but that. */
function serverEnvironment(env: Effects['env']): Effects['env'] {
  const isOfServer = (name: string) => !name.startsWith(ENVIRONMENT_PREFIX) || name === environmentName('connection');
  return Object.fromEntries(Object.entries(env).filter(([name]) => isOfServer(name)));
}
