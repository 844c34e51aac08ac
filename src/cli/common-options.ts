import { Command, Option } from 'commander';
import type { PipelineOptions } from '../api/pipeline.ts';
import type { ConfigSpec } from '../config/schema.ts';
import { maskPassword } from '../engines/postgres/connection-url.ts';
import { UsageError } from '../errors.ts';
import type { CliContext } from './context.ts';

/** Options that every command with a data folder has. */
export interface CommonOptions {
  readonly dataDir?: string;
  readonly config?: string;
  readonly set?: readonly string[];
  readonly engine?: string;
  readonly connection?: string;
}

/** Adds them to a command. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--data-dir <dir>', 'folder of the data (default: ./data)')
    .option('--config <file>', 'config file (default: pipeline.config.* in this folder, if there is one)')
    .option('--engine <name>', 'database engine: duckdb or postgres (default: duckdb)')
    .option(
      '--connection <url>',
      'PostgreSQL server of --engine postgres and --source-table: postgres://user@host:port/database, no password',
    )
    .addOption(
      new Option('--set <key=value>', 'a setting by name, may be repeated; see: marketing-pipeline config')
        .argParser((value: string, before: readonly string[] = []) => [...before, value])
        .default(undefined),
    );
}

/** What the pipeline is opened with: `--set` settings, and over them the options that have names of their own. */
export function pipelineOptions(
  { dataDir, config, engine, connection, set = [] }: CommonOptions,
  { effects }: CliContext,
  named: Readonly<Record<string, unknown>> = {},
): PipelineOptions {
  const settings: Record<string, unknown> = Object.create(null);
  for (const assignment of set) {
    const equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`"${maskPassword(assignment)}" is not KEY=VALUE`, {
        remedy: 'for example --set lostDays=400',
      });
    }
    settings[assignment.slice(0, equals)] = assignment.slice(equals + 1);
  }
  for (const [key, value] of Object.entries({ dataDir, engine, connection, ...named }))
    if (value !== undefined) settings[key] = value;
  // Unknown keys and wrong values are refused by the config's own door, with what is allowed.
  return { settings: settings as ConfigSpec, effects, ...(config === undefined ? {} : { configFile: config }) };
}

/** The common options as they were given, to be typed again with another command. */
export function givenOptions({ dataDir, config, engine, connection, set = [] }: CommonOptions): string {
  const named = Object.entries({ 'data-dir': dataDir, config, engine, connection });
  const given = [...named, ...set.map((assignment): [string, string] => ['set', assignment])];
  return given.map(([name, value]) => (value === undefined ? '' : ` --${name} ${shellWord(value)}`)).join('');
}

function shellWord(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A whole number of at least `least` from an option's text. */
export function countOption(name: string, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new UsageError(`"${text}" is not a number for ${name}`, { remedy: `a whole number from ${least} on` });
  };
}

export { Command };
