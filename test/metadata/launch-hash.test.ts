import { expect, test } from 'vitest';
import { launchHashOf, openAssignmentsHash } from '../../src/metadata/campaigns/launch-hash.ts';
import type { AssignmentEntry, LaunchRecord } from '../../src/metadata/campaigns/launch-records.ts';

const LAUNCH: Omit<LaunchRecord, 'launchHash'> = {
  launchNumber: 1,
  launchId: '2024-01-01-loyalty',
  snapshotId: 'snapshot',
  launchedOn: '2024-01-01',
  launchedAt: '2024-01-02T03:04:05.000Z',
  campaignType: 'Loyalty',
  windowDays: 30,
  targets: 9,
  controls: 1,
  settingsJson: '{}',
  assignmentsHash: 'a',
  previousHash: 'p',
};

const ASSIGNMENT: AssignmentEntry = {
  customerId: '007',
  campaignGroup: 'target',
  stratum: 's',
  expectedRevenue: '1.50',
  estimatedValue: '10.00',
};

const other = (value: unknown) => (typeof value === 'number' ? value + 1 : `${String(value)}.`);

test('whatever is changed in a launch changes its hash', () => {
  const hashes = Object.entries(LAUNCH).map(([key, value]) => launchHashOf({ ...LAUNCH, [key]: other(value) }));
  expect(new Set([launchHashOf(LAUNCH), ...hashes]).size).toBe(1 + Object.keys(LAUNCH).length);
  expect(launchHashOf({ ...LAUNCH })).toBe(launchHashOf(LAUNCH));
});

test('whatever is changed in an assignment, and their order, changes the hash of the assignments', () => {
  const hashOf = (...entries: readonly AssignmentEntry[]) => {
    const hash = openAssignmentsHash();
    for (const entry of entries) hash.add(entry);
    return hash.digest();
  };
  const changed = Object.entries(ASSIGNMENT).map(([key, value]) => hashOf({ ...ASSIGNMENT, [key]: other(value) }));
  const second = { ...ASSIGNMENT, customerId: '008' };
  const lists = [hashOf(ASSIGNMENT), hashOf(ASSIGNMENT, second), hashOf(second, ASSIGNMENT), hashOf()];
  expect(new Set([...changed, ...lists]).size).toBe(Object.keys(ASSIGNMENT).length + lists.length);
});
