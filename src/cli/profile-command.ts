import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { profileText } from './profile-text.ts';
import {
  filesAfterMap,
  type ReadingFlags,
  readingSettings,
  type TableFlags,
  withReadingFlags,
  withTableFlag,
} from './reading-flags.ts';

interface ProfileFlags extends CommonOptions, ReadingFlags, TableFlags {
  readonly json?: boolean;
}

const HELP = `
Examples:
  $ marketing-pipeline profile export.csv
  $ marketing-pipeline profile export.csv --date-format DD/MM/YYYY
  $ marketing-pipeline profile orders.xlsx --sheet Orders --json
  $ marketing-pipeline profile --source-table shop.orders --connection postgres://shop@localhost/shop`;

/** `profile`: what a file is taken for, before it is loaded. */
export function profileCommand(context: CliContext): Command {
  return withReadingFlags(
    withTableFlag(
      withCommonOptions(
        new Command('profile')
          .description('print what is understood of a file: dialect, columns, dates, amounts, problems; loads nothing')
          .argument('[files...]', 'the file or files to look at')
          .option('--json', 'print one JSON object'),
      ),
    ),
  )
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: ProfileFlags) => {
      const named = [...files, ...filesAfterMap(flags)];
      const { sourceTable: sourceTables = [] } = flags;
      if (named.length + sourceTables.length === 0) {
        throw new UsageError('no file is named', { remedy: 'for example: profile orders.csv' });
      }
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context, readingSettings(flags)));
      const profiles = await pipeline.profile(named, { sourceTables, signal: context.signal });
      const [profile] = profiles;
      const json = profiles.length === 1 && profile !== undefined ? profileJson(profile) : profiles.map(profileJson);
      await context.stdout.write(
        flags.json === true ? `${JSON.stringify(json)}\n` : profiles.map(profileText).join('\n'),
      );
    });
}

type Profile = Parameters<typeof profileText>[0];

/** Without what only the program itself has a use for. */
function profileJson({ source, questions, ...profile }: Profile) {
  const { understanding, records, recordColumns, malformed, identity, origin, ...file } = source;
  const { layout, timezone } = understanding;
  return {
    file: { ...file, path: origin },
    layout: { id: layout.id, title: layout.title, grain: layout.grain, notes: layout.notes },
    timezone,
    ...profile,
    questions: questions.map(({ message, remedy }) => ({ message, remedy })),
  };
}
