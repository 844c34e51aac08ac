import type { Command } from 'commander';
import type { CliContext } from '../../src/cli/context.ts';
import { makeProgram } from '../../src/cli/program.ts';
import { systemEffects } from '../../src/effects.ts';
import { anchorOf, codeBlock, markdownTable } from './markdown.ts';

const WIDTH = 100;

/** The program as the command line makes it, with the help that it prints. */
interface Program {
  readonly commands: readonly Command[];
  helpOf(command: Command): string;
}

function openProgram(): Program {
  const printed: string[] = [];
  const output = {
    write: async (text: string) => {
      printed.push(text);
    },
    isTerminal: false,
    width: WIDTH,
    hasColor: false,
  };
  const context: CliContext = {
    effects: systemEffects(),
    stdout: output,
    stderr: output,
    openStdin: () => process.stdin,
    stderrStream: process.stderr,
    signal: new AbortController().signal,
  };
  const program = makeProgram(context, () => undefined);
  return {
    commands: program.commands,
    helpOf: (command) => {
      printed.length = 0;
      command.outputHelp();
      return printed.join('');
    },
  };
}

/** Every command with its help, and those of a group under it. */
export function commandHelp(): string {
  const { commands, helpOf } = openProgram();
  return commands
    .flatMap((command) => [
      `## ${command.name()}\n\n${codeBlock('text', helpOf(command))}`,
      ...command.commands.map((part) => `### ${command.name()} ${part.name()}\n\n${codeBlock('text', helpOf(part))}`),
    ])
    .join('\n\n');
}

/** What each command does in one line, with links to its help. */
export function commandTable(): string {
  const rows = openProgram().commands.map((command) => {
    const name = command.name();
    return [`[\`${name}\`](docs/commands.md#${anchorOf(name)})`, command.description()];
  });
  return markdownTable(['Command', 'What it does'], rows);
}
