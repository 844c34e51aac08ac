import { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import type { Value } from '../engines/result-set.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { chooseFormat, printResult } from './output.ts';

interface ConfigFlags extends CommonOptions {
  readonly schema?: boolean;
  readonly format?: string;
}

/** `config`: every setting with its value and where the value came from. */
export function configCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('config').description('print every setting, its value, and where the value came from'),
  )
    .option('--schema', 'print the JSON Schema of the config file, for editors')
    .option('--format <format>', 'table, json or csv')
    .action(async (flags: ConfigFlags) => {
      if (flags.schema === true) {
        const { configJsonSchema } = await import('../config/json-schema.ts');
        await context.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
        return;
      }
      const { loadConfig } = await import('../config/load-config.ts');
      const { describeConfig } = await import('../config/describe-config.ts');
      const { settings, configFile } = pipelineOptions(flags, context);
      const { env, cwd } = context.effects;
      const rows = describeConfig(await loadConfig({ file: configFile, flags: settings, env, cwd }));
      const format = chooseFormat(flags.format, context.stdout);
      const columns = ['key', 'value', 'default', 'origin', 'meaning'].map((name) => ({ name, type: 'text' as const }));
      const table = rows.map((row) => [row.key, text(row.value), text(row.default), row.origin, row.meaning]);
      await printResult({ columns, rows: table }, format, context);
    });
}

/** Lists as JSON, for the columns of a table hold one value each. */
function text(value: Config[keyof Config]): Value {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
