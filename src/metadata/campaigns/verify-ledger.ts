import type { Connection } from '../connection.ts';
import { launchHashOf, openAssignmentsHash } from './launch-hash.ts';
import type { LaunchRecord } from './launch-records.ts';
import { iterateAssignments, selectLaunches } from './select-launches.ts';

/** Something in the ledger that is not what was recorded. */
export interface LedgerFault {
  /** The launch that it is about; null for the ledger as a whole. */
  readonly launchId: string | null;
  /** Where in the launch: its assignments, the launch itself, or its place in the chain. */
  readonly place: 'assignments' | 'launch' | 'chain' | 'head';
  /** What is wrong, in one sentence. */
  readonly message: string;
}

/**
 * Computes all hashes of the ledger anew and compares them with those that were stored at the launches.
 *
 * It finds every change of an assignment or a launch, launches that are missing or in another order, and assignments without a
 * launch. It cannot find that somebody has written the whole ledger anew from some launch on, all hashes and the head included:
 * that shows only against a copy that lies elsewhere.
 */
export function verifyLedger(connection: Connection): LedgerFault[] {
  const faults: LedgerFault[] = [];
  const launches = selectLaunches(connection);
  let before: LaunchRecord | undefined;
  for (const launch of launches) {
    faults.push(...chainFaults(launch, before), ...launchFaults(launch), ...assignmentFaults(connection, launch));
    before = launch;
  }
  return [...faults, ...headFaults(connection, before), ...orphanFaults(connection)];
}

function chainFaults(launch: LaunchRecord, before: LaunchRecord | undefined): LedgerFault[] {
  const { launchId, launchNumber, previousHash } = launch;
  const expected = (before?.launchNumber ?? 0) + 1;
  const fault = (message: string): LedgerFault => ({ launchId, place: 'chain', message });
  if (launchNumber !== expected) {
    const missing = launchNumber - expected;
    const which = missing === 1 ? `launch ${expected} is` : `launches ${expected} to ${launchNumber - 1} are`;
    return [fault(`${which} missing before launch ${launchNumber} (${launchId})`)];
  }
  if (previousHash === (before?.launchHash ?? '')) return [];
  const neighbour =
    before === undefined ? 'it is not the first launch of its chain' : `it does not follow ${before.launchId}`;
  return [fault(`launch ${launchNumber} (${launchId}) is not where it was recorded: ${neighbour}`)];
}

function launchFaults(launch: LaunchRecord): LedgerFault[] {
  if (launchHashOf(launch) === launch.launchHash) return [];
  const { launchId, launchNumber } = launch;
  const message = `launch ${launchNumber} (${launchId}) was changed after it was recorded`;
  return [{ launchId, place: 'launch', message }];
}

function assignmentFaults(connection: Connection, launch: LaunchRecord): LedgerFault[] {
  const hash = openAssignmentsHash();
  const counts = { target: 0, control: 0 };
  for (const assignment of iterateAssignments(connection, launch.launchNumber)) {
    hash.add(assignment);
    counts[assignment.campaignGroup] += 1;
  }
  if (hash.digest() === launch.assignmentsHash) return [];
  const { launchId, launchNumber, targets, controls } = launch;
  const found = `${counts.target} targets and ${counts.control} controls`;
  const message =
    counts.target === targets && counts.control === controls
      ? `an assignment of launch ${launchNumber} (${launchId}) was changed after it was recorded`
      : `the assignments of launch ${launchNumber} (${launchId}) are not those that were recorded: ${found}, where ${targets} and ${controls} were`;
  return [{ launchId, place: 'assignments', message }];
}

function headFaults(connection: Connection, last: LaunchRecord | undefined): LedgerFault[] {
  const head = connection.first('select launches, head_hash from campaign_ledger_head');
  const fault = (message: string): LedgerFault => ({ launchId: last?.launchId ?? null, place: 'head', message });
  if (head === undefined)
    return [fault('the head of the ledger is missing, so nobody knows which launch was the last')];
  const launches = head.number('launches');
  const lastNumber = last?.launchNumber ?? 0;
  if (launches > lastNumber) {
    const which =
      launches === lastNumber + 1 ? `launch ${launches} is` : `launches ${lastNumber + 1} to ${launches} are`;
    return [fault(`${which} missing at the end: the head of the ledger knows ${launches}`)];
  }
  const isHead = launches === lastNumber && head.text('head_hash') === (last?.launchHash ?? '');
  return isHead ? [] : [fault(`the head of the ledger is not launch ${lastNumber}, the last one`)];
}

function orphanFaults(connection: Connection): LedgerFault[] {
  const orphans = connection.first(
    `select count(*) as assignments, min(launch_number) as launch_number from campaign_assignments
     where launch_number not in (select launch_number from campaign_launches)`,
  );
  const count = orphans?.number('assignments') ?? 0;
  if (count === 0) return [];
  const message = `${count} assignments belong to launch ${orphans?.number('launch_number')}, which is not there`;
  return [{ launchId: null, place: 'assignments', message }];
}
