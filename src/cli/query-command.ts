import { Command } from 'commander';
import { QueryError } from '../engines/query-error.ts';
import { UsageError } from '../errors.ts';
import { type CommonOptions, countOption, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { chooseFormat, printRows } from './output.ts';

interface QueryFlags extends CommonOptions {
  readonly format?: string;
  readonly limit?: number;
}

const HELP = `
Examples:
  $ marketing-pipeline query "select * from business.monthly_metrics"
  $ marketing-pipeline query "select * from staging.stg_sales_rejected" --format csv > rejected.csv
  $ marketing-pipeline query "select table_catalog, table_name from information_schema.tables"`;

/** `query`: read-only SQL over the published layers. */
export function queryCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('query')
      .description('run read-only SQL over the published layers: staging.*, warehouse.*, business.*')
      .argument('<sql>', 'one SQL statement'),
  )
    .option(
      '--format <format>',
      'table, json (one object a line) or csv (default: a table on a terminal, json in a pipe)',
    )
    .option(
      '--limit <rows>',
      'print at most so many rows (default: 50 in a table, else all)',
      countOption('--limit', 0),
    )
    .addHelpText('after', HELP)
    .action(async (sql: string, flags: QueryFlags) => {
      const format = chooseFormat(flags.format, context.stdout);
      if (sql.trim() === '') {
        throw new UsageError('the query is empty', {
          remedy: 'for example: marketing-pipeline query "select * from business.monthly_metrics"',
        });
      }
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const reader = await pipeline.openReader();
      try {
        await printRows(reader.stream(sql, { signal: context.signal }), format, context, flags.limit);
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        throw new UsageError(error.message, { cause: error });
      } finally {
        await reader.close();
      }
    });
}
