import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { headerOf } from '../project/model.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { chooseFormat, printResult } from './output.ts';

interface CompileFlags extends CommonOptions {
  readonly list?: boolean;
  readonly format?: string;
}

/** `compile`: the plain SQL that a model runs as, or the list of models. */
export function compileCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('compile')
      .description('print the plain SQL of a model, ready to be pasted into a console')
      .argument('[model]', 'name of the model, for example dim_customer'),
  )
    .option('--list', 'list all models in the order in which they are built')
    .option('--format <format>', 'of the list: table, json or csv')
    .action(async (name: string | undefined, flags: CompileFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      if (flags.list === true) {
        const { models } = await pipeline.loadProject();
        const rows = [...models.values()].map((model) => [
          model.layer,
          model.name,
          model.kind,
          model.origin,
          headerOf(model).grain.join(', '),
          model.dependsOn.join(', '),
        ]);
        const columns = ['layer', 'model', 'kind', 'origin', 'grain', 'reads'].map((column) => ({
          name: column,
          type: 'text' as const,
        }));
        return printResult({ columns, rows }, chooseFormat(flags.format, context.stdout), context);
      }
      if (name === undefined) {
        throw new UsageError('no model is named', { remedy: 'see all models with: marketing-pipeline compile --list' });
      }
      await context.stdout.write(`${await pipeline.compile(name)}\n`);
    });
}
