import { PipelineError } from '../errors.ts';
import { printable } from '../printable.ts';

function lines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** An expected error: its cause and what to do, no stack. A defect: the stack, and a request to report it. */
export function errorText(error: unknown): string {
  if (error instanceof PipelineError) {
    const remedies = error.remedy.map((remedy) =>
      remedy.startsWith(' ') ? `  ${lines(remedy)}` : `  - ${lines(remedy)}`,
    );
    return `${[`error: ${lines(error.message)}`, ...remedies].join('\n')}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `unexpected error: ${lines(stack)}\n  - this is a defect of marketing-pipeline: please report it with the text above\n`;
}

export function exitCodeOf(error: unknown): number {
  return error instanceof PipelineError ? error.exitCode : 1;
}
