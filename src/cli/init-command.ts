import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { CliContext } from './context.ts';
import type { Prompts } from './init-prompts.ts';
import { assumedLine, understoodText } from './init-text.ts';
import { filesAfterMap, type ReadingFlags, readingSettings, withReadingFlags } from './reading-flags.ts';
import { runOrders } from './run-command.ts';

interface InitFlags extends ReadingFlags {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly print?: boolean;
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ marketing-pipeline init orders.csv                 asks what the file does not say, writes pipeline.config.json
  $ marketing-pipeline init orders.csv --yes --force   asks nothing; what only you can know comes as an option
  $ marketing-pipeline init orders.csv --timezone Europe/Berlin --print`;

/** `init`: a config file for a file of orders, by questions about what the file leaves open. */
export function initCommand(context: CliContext): Command {
  return withReadingFlags(
    new Command('init')
      .description('write pipeline.config.json for your orders: shows what is understood, asks what is not')
      .argument('[file]', 'an export of orders')
      .option('--yes', 'ask nothing: take what is suggested, fail where only you can know')
      .option('--force', 'change a pipeline.config.json that is there, without a confirmation')
      .option('--print', 'print the config and write nothing')
      .option('--json', 'print the config as one line of JSON and write nothing'),
  )
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, flags: InitFlags) =>
      init(file ?? filesAfterMap(flags)[0], flags, context),
    );
}

async function init(named: string | undefined, flags: InitFlags, context: CliContext): Promise<void> {
  const setup = await import('../api/setup/setup-config.ts');
  const { settleFile } = await import('./init-settle.ts');
  const { cwd } = context.effects;
  const onlyPrints = flags.print === true || flags.json === true;
  const given = readingSettings(flags);
  // Wrong options are refused before anything is asked.
  await setup.settingsOf(given, cwd);
  const replaces = !onlyPrints && (await setup.hasConfigFile(cwd));
  const prompts = await openPrompts(flags, context);
  if (replaces && prompts === undefined && flags.force !== true) throw configIsThere(setup.CONFIG_NAME);

  const file = named ?? (await askFile(prompts, cwd));
  const { settings, look, assumed } = await settleFile(file, given, prompts, context);
  const text = setup.configText(await setup.settingsOf(settings, cwd), cwd);
  for (const question of assumed) await context.stderr.write(`note: ${assumedLine(question)}\n`);
  if (onlyPrints) {
    await context.stdout.write(flags.json === true ? `${JSON.stringify(JSON.parse(text))}\n` : text);
    return prompts?.end('Nothing was written.');
  }
  const command = `npx marketing-pipeline run ${shellWord(file)}`;
  if (prompts === undefined) {
    await setup.writeConfig(cwd, text, replaces);
    const shown = `${understoodText(look)}\n\nWrote ${setup.CONFIG_NAME}:\n${text}`;
    await context.stdout.write(`${shown}\nNext:\n  ${command}\n`);
    return;
  }
  prompts.say(text.trimEnd(), setup.CONFIG_NAME);
  const message = replaces ? `${setup.CONFIG_NAME} is there already: replace it?` : `Write ${setup.CONFIG_NAME}?`;
  if (flags.force !== true && !(await prompts.confirm(message, !replaces))) return prompts.end('Nothing was written.');
  await setup.writeConfig(cwd, text, replaces);
  const runsNow = await prompts.confirm('Load the orders now?', true);
  prompts.end(runsNow ? command : `Wrote ${setup.CONFIG_NAME}. Next: ${command}`);
  if (runsNow) await runOrders([file], {}, context);
}

/** Somebody can be asked only where both ends are a terminal. */
async function openPrompts({ yes }: InitFlags, context: CliContext): Promise<Prompts | undefined> {
  if (yes === true || !context.stderr.isTerminal || context.openStdin().isTTY !== true) return undefined;
  const prompts = await import('./init-prompts.ts');
  return prompts.openPrompts(context);
}

function configIsThere(name: string): UsageError {
  return new UsageError(`${name} is there already`, {
    remedy: [
      'change it with --force: what init does not ask about is kept',
      'or see what would be written: marketing-pipeline init FILE --print',
    ],
  });
}

async function askFile(prompts: Prompts | undefined, cwd: string): Promise<string> {
  if (prompts === undefined) {
    throw new UsageError('no file is named', { remedy: 'for example: marketing-pipeline init orders.csv' });
  }
  return prompts.askFile((text) =>
    text !== '' && existsSync(resolve(cwd, text)) ? undefined : `there is no file "${printable(text, 80)}" in ${cwd}`,
  );
}

function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", "'\\''")}'`;
}
