import { Command } from 'commander';
import { programVersion } from '../version.ts';
import { campaignsCommand } from './campaigns-command.ts';
import { checkCommand } from './check-command.ts';
import { compileCommand } from './compile-command.ts';
import { configCommand } from './config-command.ts';
import type { CliContext } from './context.ts';
import { doctorCommand } from './doctor-command.ts';
import { printableLines } from './error-text.ts';
import { explainCommand } from './explain-command.ts';
import { exportCommand } from './export-command.ts';
import { forecastCommand } from './forecast-command.ts';
import { initCommand } from './init-command.ts';
import { planCommand } from './plan-command.ts';
import { profileCommand } from './profile-command.ts';
import { queryCommand } from './query-command.ts';
import { reportCommand } from './report-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { runCommand } from './run-command.ts';
import { sampleCommand } from './sample-command.ts';
import { segmentsCommand } from './segments-command.ts';
import { selftestCommand } from './selftest-command.ts';
import { serveCommand } from './serve-command.ts';
import { statusCommand } from './status-command.ts';
import { verifyCommand } from './verify-command.ts';

const DESCRIPTION = `An online shop's orders go in, an honest picture of its customers comes out.

Start with:
  $ marketing-pipeline run                     the bundled sample
  $ marketing-pipeline profile orders.csv      what is understood of your own orders
  $ marketing-pipeline run orders.csv          your own orders
  $ marketing-pipeline query "select * from business.monthly_metrics"

Exit codes: 0 done, 1 the run failed, 2 wrong usage, config or input, 3 a blocking quality check failed.`;

/** Where a command says its exit code; 0 if it says none. */
export type SetExitCode = (exitCode: number) => void;

/** The command line, one file per command. */
export function makeProgram(context: CliContext, setExitCode: SetExitCode): Command {
  const program = new Command('marketing-pipeline')
    .description(DESCRIPTION)
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(see: marketing-pipeline --help)')
    .enablePositionalOptions();
  const commands = [
    runCommand(context),
    planCommand(context),
    profileCommand(context),
    initCommand(context),
    reportCommand(context),
    segmentsCommand(context),
    queryCommand(context),
    explainCommand(context),
    forecastCommand(context),
    exportCommand(context),
    campaignsCommand(context),
    serveCommand(context),
    statusCommand(context),
    checkCommand(context, setExitCode),
    rollbackCommand(context),
    doctorCommand(context, setExitCode),
    compileCommand(context),
    configCommand(context),
    sampleCommand(context),
    selftestCommand(context, setExitCode),
    verifyCommand(context, setExitCode),
  ];
  for (const command of commands) program.addCommand(command);
  const all = commands.flatMap((command) => [command, ...command.commands]);
  for (const command of all) {
    const path = command.parent === program ? command.name() : `${command.parent?.name()} ${command.name()}`;
    command.helpOption('-h, --help', 'print help').showHelpAfterError(`(see: marketing-pipeline ${path} --help)`);
  }
  for (const command of [program, ...all]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      // It repeats what was typed.
      writeErr: (text) => void context.stderr.write(printableLines(text)),
      getOutHelpWidth: () => context.stdout.width ?? 100,
      getErrHelpWidth: () => context.stderr.width ?? 100,
    });
  }
  return program;
}
