import { UsageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { jsonText } from '../json-text.ts';
import { launchHashOf } from './launch-hash.ts';
import type { LaunchEntry, LaunchRecord } from './launch-records.ts';
import { selectLaunches } from './select-launches.ts';
import { readStaged, type StagedCounts } from './staged-list.ts';

/** A launch, and whether it was recorded just now or had been before. */
export interface RecordedLaunch {
  readonly launch: LaunchRecord;
  readonly isNew: boolean;
}

export interface LaunchRules {
  /** Days that must pass before a customer may be on a list again; the same day is always too soon. */
  readonly cooldownDays: number;
  readonly now: Date;
}

/**
 * Records the staged customers as one launch for each campaign type, in one transaction. A list that was launched before is not
 * launched again. A campaign without staged customers is left out.
 * @throws UsageError when somebody on a list is still in the cooldown of an earlier launch; nothing is recorded then.
 */
export function insertLaunches(
  connection: Connection,
  entries: readonly LaunchEntry[],
  rules: LaunchRules,
): RecordedLaunch[] {
  return connection.transaction(() =>
    entries.flatMap((entry): RecordedLaunch[] => {
      const staged = readStaged(connection, entry.campaignType);
      if (staged.targets + staged.controls === 0) return [];
      const known = selectLaunches(connection).find(
        ({ campaignType, launchedOn, assignmentsHash }) =>
          campaignType === entry.campaignType &&
          launchedOn === entry.launchedOn &&
          assignmentsHash === staged.assignmentsHash,
      );
      if (known !== undefined) return [{ launch: known, isNew: false }];
      refuseTooSoon(connection, entry, rules.cooldownDays);
      return [{ launch: insertLaunch(connection, entry, staged, rules.now), isNew: true }];
    }),
  );
}

function refuseTooSoon(connection: Connection, { campaignType, launchedOn }: LaunchEntry, cooldownDays: number): void {
  const clash = connection.first(
    `select count(*) as customers, min(launch_id) as launch_id, max(launched_on) as latest
     from staged_list
     inner join campaign_assignments using (customer_id)
     inner join campaign_launches using (launch_number)
     where staged_list.campaign_type = :campaignType
       and julianday(:launchedOn) - julianday(launched_on) < :days`,
    { campaignType, launchedOn, days: Math.max(1, cooldownDays) },
  );
  const customers = clash?.number('customers') ?? 0;
  if (customers === 0) return;
  throw new UsageError(
    `${campaignType} cannot be launched: ${customers} customer${customers === 1 ? '' : 's'} of the list of ${launchedOn} ` +
      `${customers === 1 ? 'is' : 'are'} in an earlier launch, such as ${clash?.text('launch_id')}; nothing was recorded`,
    {
      remedy: [
        `campaignCooldownDays is ${cooldownDays}: run the pipeline over later orders, which leaves these customers out`,
        'see what was launched with: marketing-pipeline campaigns history',
      ],
    },
  );
}

function insertLaunch(connection: Connection, entry: LaunchEntry, staged: StagedCounts, now: Date): LaunchRecord {
  const head = connection.first('select launches, head_hash from campaign_ledger_head');
  const content = {
    launchNumber: (head?.number('launches') ?? 0) + 1,
    launchId: freeLaunchId(connection, entry),
    snapshotId: entry.snapshotId,
    launchedOn: entry.launchedOn,
    launchedAt: now.toISOString(),
    campaignType: entry.campaignType,
    windowDays: entry.windowDays,
    targets: staged.targets,
    controls: staged.controls,
    settingsJson: jsonText(entry.settings) ?? '{}',
    assignmentsHash: staged.assignmentsHash,
    previousHash: head?.text('head_hash') ?? '',
  };
  const launch = { ...content, launchHash: launchHashOf(content) };
  connection.execute(
    `insert into campaign_assignments
       (launch_number, customer_id, campaign_group, stratum, expected_revenue, estimated_value)
     select :launchNumber, customer_id, campaign_group, stratum, expected_revenue, estimated_value
     from staged_list where campaign_type = :campaignType order by customer_id`,
    { launchNumber: launch.launchNumber, campaignType: entry.campaignType },
  );
  connection.execute(
    `insert into campaign_launches
       (launch_number, launch_id, snapshot_id, launched_on, launched_at, campaign_type, window_days, targets, controls,
        settings_json, assignments_hash, previous_hash, launch_hash)
     values (:launchNumber, :launchId, :snapshotId, :launchedOn, :launchedAt, :campaignType, :windowDays, :targets,
        :controls, :settingsJson, :assignmentsHash, :previousHash, :launchHash)`,
    launch,
  );
  return launch;
}

/** `2024-03-31-win-back`, and for more launches of one campaign and day `2024-03-31-win-back-2` and so on. */
function freeLaunchId(connection: Connection, { launchedOn, campaignType }: LaunchEntry): string {
  const slug = campaignType
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const base = `${launchedOn}-${slug}`;
  const isTaken = (launchId: string) =>
    connection.first('select 1 as taken from campaign_launches where launch_id = :launchId', { launchId }) !==
    undefined;
  let launchId = base;
  for (let number = 2; isTaken(launchId); number++) launchId = `${base}-${number}`;
  return launchId;
}
