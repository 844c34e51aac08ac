import { Command } from 'commander';
import type { DoctorReport } from '../api/doctor/doctor.ts';
import type { Finding, FindingStatus } from '../api/doctor/finding.ts';
import { printable } from '../printable.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import type { SetExitCode } from './program.ts';

interface DoctorFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
Nothing is changed. Exit code 1 when something is lost, damaged or was changed.

Examples:
  $ marketing-pipeline doctor
  $ marketing-pipeline doctor --json`;

const LABELS: Readonly<Record<FindingStatus, string>> = { ok: 'OK', warning: 'WARNING', problem: 'PROBLEM' };

/** `doctor`: whether everything in the data folder is as it should be, and what to do where it is not. */
export function doctorCommand(context: CliContext, setExitCode: SetExitCode): Command {
  return withCommonOptions(
    new Command('doctor').description('look for damage in the data folder: files, links, run history, campaign ledger'),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: DoctorFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const report = await pipeline.examine();
      if (report.status === 'problem') setExitCode(1);
      await context.stdout.write(`${flags.json === true ? JSON.stringify(report) : reportText(report)}\n`);
    });
}

function reportText({ dataDir, engine, findings }: DoctorReport): string {
  const problems = findings.filter(({ status }) => status === 'problem').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  const end =
    problems === 0 && warnings === 0
      ? 'Everything is as it should be.'
      : `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}.`;
  const lines = [`${dataDir}, engine ${engine}`, '', ...findings.flatMap(findingLines), '', end];
  return lines.map((line) => printable(line)).join('\n');
}

function findingLines({ check, status, message, remedy }: Finding): string[] {
  const label = LABELS[status].padEnd(9);
  return [`${label}${check}: ${message}`, ...remedy.map((step) => `${' '.repeat(9)}- ${step}`)];
}
