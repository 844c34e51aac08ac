import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline } from '../src/index.ts';
import { writeSample } from '../src/sample/sample-csv.ts';
import type { RunningServer } from '../src/server/start-server.ts';

/** A server over a large shop; closed at the end of the block, with the data that was made for it. */
export interface BenchmarkedShop extends AsyncDisposable {
  readonly server: RunningServer;
}

/** @param asked customers of a simulated shop, or the data folder of an earlier run */
export async function serveLargeShop(asked: string): Promise<BenchmarkedShop> {
  const folder = mkdtempSync(join(tmpdir(), 'marketing-pipeline-bench-'));
  const server = await (await openShop(asked, folder)).serve({ port: 0 });
  return {
    server,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openShop(asked: string, folder: string): Promise<Pipeline> {
  if (existsSync(asked)) return Pipeline.open({ settings: { dataDir: asked } });
  const file = join(folder, 'orders.csv');
  await writeSample(file, { customers: Number(asked) });
  const pipeline = await Pipeline.open({ settings: { dataDir: join(folder, 'data'), maxRejectedShare: 0.2 } });
  await pipeline.run([file]);
  return pipeline;
}
