import { Command } from 'commander';
import type { PipelineStatus } from '../api/pipeline-status.ts';
import type { QualitySummary } from '../api/quality-summary.ts';
import type { ResultSet } from '../engines/result-set.ts';
import type { RunRecord } from '../metadata/records.ts';
import { printable } from '../printable.ts';
import { type CommonOptions, countOption, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

interface StatusFlags extends CommonOptions {
  readonly json?: boolean;
  readonly last: number;
}

/** `status`: what is published, what has run, and how its checks ended. */
export function statusCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('status').description('print what is published, the last runs, and the checks of the last one'),
  )
    .option('--last <runs>', 'how many runs to list', countOption('--last'), 10)
    .option('--json', 'print one JSON object')
    .action(async (flags: StatusFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const { readStatus } = await import('../api/pipeline-status.ts');
      const { readQuality } = await import('../api/quality-summary.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const status = await readStatus(pipeline, flags.last);
      const quality = readQuality(pipeline, undefined);
      const text = flags.json === true ? JSON.stringify({ ...status, quality }) : statusText(status, quality, context);
      await context.stdout.write(`${text}\n`);
    });
}

function statusText(status: PipelineStatus, quality: QualitySummary, { stdout }: CliContext): string {
  const { published, running, lastRuns, snapshots } = status;
  const blocks = [publishedText(status)];
  if (running !== undefined) {
    blocks.push(`Under way: ${running.command} ${running.runId} by PID ${running.pid} since ${running.startedAt}`);
  }
  if (lastRuns.length > 0) blocks.push(`Last runs\n${renderTable(runsTable(lastRuns), stdout.width).trimEnd()}`);
  if (quality.runId !== undefined) {
    const gaps = quality.ledger.filter((line) => line.status === 'gap').length;
    const ledger =
      quality.ledger.length === 0 ? '' : `; rows and money ${gaps === 0 ? 'reconcile' : 'DO NOT reconcile'}`;
    const { total, passed, warned, failed } = quality;
    const counts =
      total === 0 ? 'none, it ended before' : `${passed} of ${total} passed, ${warned} warned, ${failed} failed`;
    blocks.push(`Checks of the last run: ${counts}${ledger}`);
  }
  const others = snapshots.filter((snapshotId) => snapshotId !== published?.snapshotId);
  if (others.length > 0) blocks.push(`Snapshots for rollback: ${others.join(', ')}`);
  return blocks.join('\n\n');
}

function publishedText({ published, problem, place }: PipelineStatus): string {
  if (problem !== undefined) return `What is published cannot be told: ${printable(problem)}`;
  return published === undefined
    ? `Nothing has been published in ${printable(place)} yet. Start with: marketing-pipeline run FILE`
    : `Published: ${published.snapshotId}, as of ${published.asOf}, from ${printable(published.sources.join(', '))}`;
}

function runsTable(runs: readonly RunRecord[]): ResultSet {
  return {
    columns: [
      { name: 'run', type: 'text' },
      { name: 'command', type: 'text' },
      { name: 'status', type: 'text' },
      { name: 'started', type: 'text' },
      { name: 'time', type: 'integer' },
      { name: 'as of', type: 'text' },
      { name: 'error', type: 'text' },
    ],
    rows: runs.map((run) => [
      run.runId,
      run.command,
      run.status,
      run.startedAt.slice(0, 19).replace('T', ' '),
      run.durationSeconds === null ? null : seconds(run.durationSeconds),
      run.asOf,
      run.errorMessage,
    ]),
  };
}
