import { Paper, Title } from '@mantine/core';
import { Command } from './command.tsx';
import { shellWord } from './shell-word.ts';

/** The commands from a list to its result. */
export function HowTo({ type }: { readonly type: string }) {
  const list = shellWord(type);
  return (
    <Paper withBorder p="md" component="section" aria-label="Launch and measure">
      <Title order={3} size="h5" mb="xs">
        Launch and measure {type}
      </Title>
      <Command command={`npx marketing-pipeline campaigns launch ${list} --dry-run`}>
        1. See what a launch would record; nothing is changed or sent:
      </Command>
      <Command command={`npx marketing-pipeline campaigns launch ${list}`}>
        2. Record who is addressed and who is left alone:
      </Command>
      <Command command={`npx marketing-pipeline export campaigns --for csv --type ${list}`}>
        3. Write the files for your tool, and send to the targets only:
      </Command>
      <Command command="npx marketing-pipeline run orders.csv">
        4. Later, load the orders that followed, and read the result here:
      </Command>
      <Command command="npx marketing-pipeline campaigns measure">or in the terminal:</Command>
    </Paper>
  );
}
