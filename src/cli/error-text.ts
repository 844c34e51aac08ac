import { PipelineError } from '../errors.ts';
import { printable } from '../printable.ts';

/** Text of several lines without anything that a terminal would obey. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}

/** An expected error: its cause and what to do, no stack. A defect: the stack, and a request to report it. */
export function errorText(error: unknown): string {
  if (error instanceof PipelineError) {
    const remedies = error.remedy.map((remedy) =>
      remedy.startsWith(' ') ? `  ${printableLines(remedy)}` : `  - ${printableLines(remedy)}`,
    );
    return `${[`error: ${printableLines(error.message)}`, ...remedies].join('\n')}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `unexpected error: ${printableLines(stack)}\n  - this is a defect of marketing-pipeline: please report it with the text above\n`;
}

export function exitCodeOf(error: unknown): number {
  return error instanceof PipelineError ? error.exitCode : 1;
}
