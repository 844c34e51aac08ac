import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acquireLock } from '../../src/run/lock.ts';
import { campaignOrders, laterOrder } from '../support/campaign-shop.ts';
import { onlyOn } from '../support/on-engines.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { tamper } from '../support/tampered-ledger.ts';

const notOk = async ({ pipeline }: Shop) => {
  const { status, findings } = await pipeline.examine();
  return { status, findings: findings.filter((finding) => finding.status !== 'ok') };
};

const found = (check: string, message: RegExp, status = 'problem') => ({
  status,
  findings: expect.arrayContaining([
    expect.objectContaining({ check, status, message: expect.stringMatching(message), remedy: expect.any(Array) }),
  ]),
});

/** A shop with a launch that a later run has loaded. */
async function launchedShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.load(campaignOrders());
  await shop.pipeline.campaigns.launch();
  await shop.load([...campaignOrders(), laterOrder('2023-09-07')]);
  return shop;
}

const metadataOf = ({ settings }: Shop) => join(settings.dataDir, 'metadata.db');
const duckdb = onlyOn('duckdb', 'the layers are files');

describe('doctor', () => {
  test('finds nothing wrong after runs and launches, and nothing to look at before', async () => {
    await using shop = await launchedShop();
    const { status, findings } = await shop.pipeline.examine();
    expect({ status, wrong: findings.filter((finding) => finding.status !== 'ok') }).toEqual({
      status: 'ok',
      wrong: [],
    });
    expect(findings.map(({ message }) => message)).toContain('4 launches, the chain of hashes is intact');
    await using empty = await openShop();
    expect(await notOk(empty)).toMatchObject(found('data folder', /^there is no folder /));
    mkdirSync(empty.settings.dataDir);
    expect(await notOk(empty)).toEqual({ status: 'ok', findings: [] });
  });

  test('names the launch that was tampered with, and where', async () => {
    await using shop = await launchedShop();
    tamper(
      metadataOf(shop),
      `update campaign_assignments set campaign_group = 'target' where launch_number = 2 and customer_id =
        (select min(customer_id) from campaign_assignments where launch_number = 2 and campaign_group = 'control')`,
    );
    expect(await notOk(shop)).toMatchObject(
      found(
        'campaign ledger',
        /^the assignments of launch 2 \(2023-09-06-loyalty\) are not those that were recorded: /,
      ),
    );
  });

  test('finds a launch that was removed with all its traces in the ledger, by the published tables', async () => {
    await using shop = await launchedShop();
    tamper(
      metadataOf(shop),
      'delete from campaign_assignments where launch_number = 4; delete from campaign_launches where launch_number = 4',
      'update campaign_ledger_head set launches = 3, head_hash = (select launch_hash from campaign_launches where launch_number = 3)',
    );
    const report = await notOk(shop);
    expect(report.findings.map(({ check }) => check)).toEqual(['launches in the published data']);
    expect(report).toMatchObject(
      found(
        'launches in the published data',
        /^launch 2023-09-06-win-back is in the published tables, but no longer in/,
      ),
    );
  });

  test('finds a run history that is missing, of another program, or from a newer version', async () => {
    await using shop = await launchedShop();
    tamper(metadataOf(shop), 'pragma user_version = 99');
    expect(await notOk(shop)).toMatchObject(found('run history', /has schema version 99; this release knows versions/));
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${metadataOf(shop)}${suffix}`, { force: true });
    expect(await notOk(shop)).toMatchObject(found('run history', /is missing, though data is published/));
    writeFileSync(metadataOf(shop), 'this is a text and no database, and it is longer than a header. '.repeat(20));
    expect(await notOk(shop)).toMatchObject(found('run history', /is not an SQLite database/));
  });

  test('says that a run is under way, and that one was killed', async () => {
    await using shop = await launchedShop();
    const { dataDir } = shop.settings;
    const info = { runId: 'r9', command: 'run', pid: 1, host: 'here', startedAt: '2024-01-01T00:00:00.000Z' };
    const lock = acquireLock(dataDir, info);
    const { findings } = await shop.pipeline.examine();
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'lock', message: 'held: run r9, PID 1 is under way' }),
    );
    lock.release();
    writeFileSync(join(dataDir, 'pipeline.lock.json'), JSON.stringify(info));
    expect(await notOk(shop)).toMatchObject(found('lock', /^free, but the last run was killed$/, 'warning'));
  });

  duckdb('finds a pointer to nowhere, and one that is no pointer', async () => {
    await using shop = await launchedShop();
    const pointer = join(shop.settings.dataDir, 'current.json');
    writeFileSync(pointer, '{"format":1,"snapshotId":"gone"}');
    expect(await notOk(shop)).toMatchObject(
      found('published snapshot', /points to snapshot "gone", which is not there/),
    );
    writeFileSync(pointer, 'x');
    expect(await notOk(shop)).toMatchObject(
      found('published snapshot', /is damaged or was written by a newer version/),
    );
  });

  duckdb('finds files that are missing, damaged, written to, or open to others', async () => {
    await using shop = await launchedShop();
    const { dataDir } = shop.settings;
    const published = await shop.pipeline.engine.published();
    const warehouse = join(dataDir, published?.layers.warehouse.location ?? '');
    chmodSync(warehouse, 0o644);
    expect(await notOk(shop)).toMatchObject(
      found('files of the published snapshot', /^others may read .*warehouse\.duckdb$/),
    );
    chmodSync(warehouse, 0o600);
    writeFileSync(`${warehouse}.wal`, '');
    expect(await notOk(shop)).toMatchObject(
      found('files of the published snapshot', /another program has written to it$/),
    );
    rmSync(`${warehouse}.wal`);
    writeFileSync(warehouse, 'no database');
    expect(await notOk(shop)).toMatchObject(found('published tables', /./));
    rmSync(warehouse);
    expect(await notOk(shop)).toMatchObject(found('files of the published snapshot', /warehouse\.duckdb is missing$/));
  });

  duckdb('finds links that point elsewhere, and leaves alone what is no link', async () => {
    await using shop = await launchedShop();
    const link = join(shop.settings.dataDir, 'staging.duckdb');
    rmSync(link);
    expect(await notOk(shop)).toMatchObject(found('links for other tools', /staging\.duckdb is missing/, 'warning'));
    symlinkSync('elsewhere.duckdb', link);
    expect(await notOk(shop)).toMatchObject(
      found('links for other tools', /points to elsewhere\.duckdb, published is /),
    );
    rmSync(link);
    writeFileSync(link, '');
    expect(await notOk(shop)).toMatchObject(found('links for other tools', /is not a link of ours/, 'warning'));
  });

  duckdb('finds what killed runs have left', async () => {
    await using shop = await launchedShop();
    const { dataDir } = shop.settings;
    mkdirSync(join(dataDir, 'snapshots', 'half'));
    writeFileSync(join(dataDir, 'snapshots', 'half', 'staging.duckdb'), '');
    mkdirSync(join(dataDir, 'tmp', 'half'), { recursive: true });
    expect(await notOk(shop)).toMatchObject(found('leftovers', /snapshots.half and 1 more$/, 'warning'));
  });
});
