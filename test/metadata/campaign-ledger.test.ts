import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { assignmentsBefore } from '../../src/metadata/campaigns/read-assignments.ts';
import type { ListedCustomer } from '../../src/metadata/campaigns/staged-list.ts';
import { MIGRATIONS } from '../../src/metadata/schema.ts';
import { openMetadata } from '../../src/metadata/store.ts';
import { tamper } from '../support/tampered-ledger.ts';
import { fixedClock, temporaryFolder, temporaryStore } from './helpers.ts';

const customer = (customerId: string, campaignType = 'Loyalty'): ListedCustomer => ({
  customerId,
  campaignType,
  campaignGroup: customerId.endsWith('0') ? 'control' : 'target',
  stratum: `${campaignType}, value low, silence long`,
  expectedRevenue: '12.34',
  estimatedValue: null,
});

const entry = (launchedOn: string, campaignType = 'Loyalty') => ({
  snapshotId: `snapshot of ${launchedOn}`,
  launchedOn,
  campaignType,
  windowDays: 30,
  settings: { controlShare: 0.1 },
});

type Store = ReturnType<typeof temporaryStore>['store'];

function launch(store: Store, launchedOn: string, ids: readonly string[], campaignType = 'Loyalty', cooldownDays = 30) {
  store.beginCampaignList();
  store.listCustomers(ids.map((id) => customer(id, campaignType)));
  return store.recordLaunches([entry(launchedOn, campaignType)], cooldownDays);
}

/** A ledger of three launches. */
function threeLaunches() {
  const { path, store } = temporaryStore();
  launch(store, '2024-01-01', ['10', '11', '12']);
  launch(store, '2024-02-01', ['20', '21'], 'Win-Back');
  launch(store, '2024-03-01', ['30', '31', '32']);
  return { path, store };
}

describe('the campaign ledger', () => {
  test('holds what was launched, by day and customer, and gives what was launched before a day', () => {
    const { path, store } = threeLaunches();
    expect(store.launches().map(({ launchId, targets, controls }) => [launchId, targets, controls])).toEqual([
      ['2024-01-01-loyalty', 2, 1],
      ['2024-02-01-win-back', 1, 1],
      ['2024-03-01-loyalty', 2, 1],
    ]);
    const before = [...assignmentsBefore(path, '2024-02-01')];
    expect(before.map(({ customerId, launchedOn }) => [customerId, launchedOn])).toEqual([
      ['10', '2024-01-01'],
      ['11', '2024-01-01'],
      ['12', '2024-01-01'],
    ]);
    expect(before[0]).toEqual({
      launchId: '2024-01-01-loyalty',
      launchedOn: '2024-01-01',
      campaignType: 'Loyalty',
      windowDays: 30,
      customerId: '10',
      campaignGroup: 'control',
      stratum: 'Loyalty, value low, silence long',
      expectedRevenue: '12.34',
      estimatedValue: null,
    });
    expect([...assignmentsBefore(`${path}-absent`, '2024-02-01')]).toEqual([]);
  });

  test('is sealed by SHA-256 that anybody can compute again', () => {
    const { store } = threeLaunches();
    const [first, second] = store.launches();
    const lines = ['10', '11', '12'].map((id) => {
      const { campaignGroup, stratum } = customer(id);
      return `${JSON.stringify([id, campaignGroup, stratum, '12.34', null])}\n`;
    });
    expect(first?.assignmentsHash).toBe(createHash('sha256').update(lines.join('')).digest('hex'));
    expect(first?.previousHash).toBe('');
    expect(second?.previousHash).toBe(first?.launchHash);
    expect(store.verifyCampaigns()).toEqual([]);
  });

  test('takes ids of any text, and lists in any order give one hash', () => {
    const ids = ['', 'ä', 'Z', 'a', '😀', 'x\0y', '007', "it's"];
    const [one, other] = [ids, ids.toReversed()].map((order) => {
      const { store } = temporaryStore();
      const [recorded] = launch(store, '2024-01-01', order);
      expect(store.verifyCampaigns()).toEqual([]);
      return recorded?.launch.launchHash;
    });
    expect(one).toBe(other);
  });

  test('refuses to change or remove anything, and to add to a launch', () => {
    const { path } = threeLaunches();
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    for (const statement of [
      "update campaign_launches set campaign_type = 'Other'",
      'delete from campaign_launches where launch_number = 3',
      'insert or replace into campaign_launches select * from campaign_launches where launch_number = 2',
      "update campaign_assignments set campaign_group = 'target'",
      'delete from campaign_assignments',
      "insert into campaign_assignments values (1, '99', 'target', 's', null, null)",
      "insert or replace into campaign_assignments values (1, '11', 'control', 's', null, null)",
      'update campaign_ledger_head set launches = 2',
      'delete from campaign_ledger_head',
      "insert or replace into campaign_ledger_head values (1, 0, '')",
    ]) {
      expect(() => database.exec(statement), statement).toThrow('the campaign ledger is append-only');
    }
  });

  test('a list that was launched before is not launched again', () => {
    const { store } = temporaryStore();
    const [first] = launch(store, '2024-01-01', ['1', '2']);
    const [again] = launch(store, '2024-01-01', ['2', '1']);
    expect(again).toEqual({ launch: first?.launch, isNew: false });
    expect(store.launches()).toHaveLength(1);
  });

  test('customers rest: within the cooldown, on the same day whatever the cooldown, and after later launches', () => {
    const { store } = temporaryStore();
    launch(store, '2024-01-31', ['1', '2']);
    for (const [day, cooldownDays] of [
      ['2024-02-29', 30],
      ['2024-01-31', 0],
      ['2023-12-01', 30],
    ] as const) {
      expect(() => launch(store, day, ['2', '3'], 'Loyalty', cooldownDays), day).toThrow(UsageError);
    }
    expect(store.launches()).toHaveLength(1);
    expect(launch(store, '2024-03-01', ['2', '3'])).toMatchObject([{ isNew: true }]);
    expect(launch(store, '2024-03-01', ['4'])).toMatchObject([{ launch: { launchId: '2024-03-01-loyalty-2' } }]);
    expect(store.verifyCampaigns()).toEqual([]);
  });

  test('several campaigns are recorded together or not at all', () => {
    const { store } = temporaryStore();
    launch(store, '2024-01-01', ['1']);
    store.beginCampaignList();
    store.listCustomers([customer('5', 'Retention'), customer('1', 'Win-Back')]);
    const entries = [entry('2024-01-02', 'Retention'), entry('2024-01-02', 'Win-Back')];
    expect(() => store.recordLaunches(entries, 30)).toThrow('Win-Back cannot be launched: 1 customer of the list');
    expect(store.launches()).toHaveLength(1);
    expect(store.verifyCampaigns()).toEqual([]);
  });

  test('a list that was only staged is gone with its connection', () => {
    const { path, clock, store } = temporaryStore();
    store.beginCampaignList();
    store.listCustomers([customer('1')]);
    const other = openMetadata(path, clock);
    onTestFinished(() => other.close());
    other.beginCampaignList();
    expect(other.recordLaunches([entry('2024-01-01')], 30)).toEqual([]);
  });

  test('a store of the version before gets an empty ledger and keeps its runs', () => {
    const path = `${temporaryFolder()}/metadata.db`;
    const old = openMetadata(path, fixedClock(), MIGRATIONS.slice(0, 1));
    old.beginRun({ runId: 'r1', command: 'run' });
    old.close();
    const store = openMetadata(path, fixedClock());
    onTestFinished(() => store.close());
    expect(store.launches()).toEqual([]);
    expect(store.verifyCampaigns()).toEqual([]);
    expect(store.lastRuns(5)).toHaveLength(1);
  });

  test('a hundred thousand assignments are recorded and read one by one', { timeout: 180_000 }, () => {
    const { path, store } = temporaryStore();
    store.beginCampaignList();
    for (let chunk = 0; chunk < 50; chunk++) {
      store.listCustomers(Array.from({ length: 2_000 }, (_, n) => customer(`c${chunk}-${n}`)));
    }
    store.recordLaunches([entry('2024-01-01')], 30);
    let count = 0;
    for (const { launchId } of assignmentsBefore(path, '2024-01-02')) if (launchId !== '') count += 1;
    expect(count).toBe(100_000);
    expect(store.verifyCampaigns()).toEqual([]);
  });
});

describe('tampering with the ledger is found, with launch and place', () => {
  const MOVE = `update campaign_launches set launch_number = 99 where launch_number = 1;
    update campaign_launches set launch_number = 1 where launch_number = 2;
    update campaign_launches set launch_number = 2 where launch_number = 99;
    update campaign_assignments set launch_number = 3 - launch_number where launch_number < 3`;

  test.each<[title: string, statement: string, launchId: string | null, place: string, message: RegExp]>([
    [
      'a customer moved from target to control',
      "update campaign_assignments set campaign_group = 'control' where customer_id = '21'",
      '2024-02-01-win-back',
      'assignments',
      /^the assignments of launch 2 \(2024-02-01-win-back\) are not those that were recorded: 0 targets and 2 controls, where 1 and 1 were$/,
    ],
    [
      'two customers whose groups were swapped',
      "update campaign_assignments set campaign_group = case customer_id when '10' then 'target' else 'control' end where customer_id in ('10', '11')",
      '2024-01-01-loyalty',
      'assignments',
      /^an assignment of launch 1 \(2024-01-01-loyalty\) was changed after it was recorded$/,
    ],
    [
      'an expectation that was changed by a cent',
      "update campaign_assignments set expected_revenue = '12.35' where customer_id = '31'",
      '2024-03-01-loyalty',
      'assignments',
      /^an assignment of launch 3/,
    ],
    [
      'an assignment that was removed',
      "delete from campaign_assignments where customer_id = '12'",
      '2024-01-01-loyalty',
      'assignments',
      /1 targets and 1 controls, where 2 and 1 were$/,
    ],
    [
      'an assignment that was added',
      "insert into campaign_assignments values (3, '99', 'target', 's', null, null)",
      '2024-03-01-loyalty',
      'assignments',
      /3 targets and 1 controls, where 2 and 1 were$/,
    ],
    [
      'a launch whose day was changed',
      "update campaign_launches set launched_on = '2024-02-02' where launch_number = 2",
      '2024-02-01-win-back',
      'launch',
      /^launch 2 \(2024-02-01-win-back\) was changed after it was recorded$/,
    ],
    [
      'a launch in the middle that was removed with its assignments',
      'delete from campaign_assignments where launch_number = 2; delete from campaign_launches where launch_number = 2',
      '2024-03-01-loyalty',
      'chain',
      /^launch 2 is missing before launch 3 \(2024-03-01-loyalty\)$/,
    ],
    [
      'the last launch that was removed with its assignments',
      'delete from campaign_assignments where launch_number = 3; delete from campaign_launches where launch_number = 3',
      '2024-02-01-win-back',
      'head',
      /^launch 3 is missing at the end: the head of the ledger knows 3$/,
    ],
    [
      'two launches in another order',
      MOVE,
      '2024-02-01-win-back',
      'chain',
      /^launch 1 .* is not where it was recorded/,
    ],
    [
      'assignments whose launch was removed',
      'delete from campaign_launches where launch_number = 3',
      null,
      'assignments',
      /^3 assignments belong to launch 3, which is not there$/,
    ],
    [
      'a head that was removed',
      'delete from campaign_ledger_head',
      '2024-03-01-loyalty',
      'head',
      /^the head .* is missing/,
    ],
  ])('%s', (_, statement, launchId, place, message) => {
    const { path, store } = threeLaunches();
    tamper(path, statement);
    expect(store.verifyCampaigns()).toContainEqual({ launchId, place, message: expect.stringMatching(message) });
  });
});
