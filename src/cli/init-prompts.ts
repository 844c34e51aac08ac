import type { Answer, Question } from '../api/setup/question.ts';
import { CancelledError } from '../errors.ts';
import type { CliContext } from './context.ts';

/** Asks on a terminal. Every question throws a CancelledError when it is answered with Ctrl-C. */
export interface Prompts {
  say(text: string, title?: string): void;
  ask(question: Question): Promise<Answer>;
  askFile(problemOf: (text: string) => string | undefined): Promise<string>;
  confirm(message: string, suggested: boolean): Promise<boolean>;
  end(text: string): void;
}

const ROWS_SHOWN = 10;

/** Draws on stderr, so that stdout holds nothing but results. */
export async function openPrompts({ openStdin, stderrStream, signal }: CliContext): Promise<Prompts> {
  const clack = await import('@clack/prompts');
  const streams = { input: openStdin(), output: stderrStream, signal };
  const answered = async <Value>(value: Promise<Value | typeof clack.CANCEL_SYMBOL>): Promise<Value> => {
    const result = await value;
    if (result !== clack.CANCEL_SYMBOL) return result;
    clack.cancel('Nothing was written.', streams);
    throw new CancelledError();
  };
  clack.intro('marketing-pipeline init', streams);
  return {
    say: (text, title) => (title === undefined ? clack.log.message(text, streams) : clack.note(text, title, streams)),
    ask: async ({ message, evidence, answers, typed, suggested }) => {
      clack.log.info(evidence.join('\n'), streams);
      const asked = { ...streams, message };
      if (typed !== undefined) {
        const validate = (text: string | undefined) => typed.problemOf(text ?? '');
        return typed.answerOf(await answered(clack.text({ ...asked, initialValue: typed.initial, validate })));
      }
      // Not as hints: these are shown only where the cursor is.
      const options = answers.map(({ label, hint }, value) => ({
        value,
        label: hint === undefined ? label : `${label} (${hint})`,
      }));
      const initialValue = suggested === undefined ? 0 : Math.max(0, answers.indexOf(suggested));
      const position = await answered(clack.select({ ...asked, options, initialValue, maxItems: ROWS_SHOWN }));
      const answer = answers[position];
      if (answer === undefined) throw new Error(`answer ${position} was not offered`);
      return answer;
    },
    askFile: (problemOf) => {
      const validate = (text: string | undefined) => problemOf((text ?? '').trim());
      const message = 'Which file holds the orders?';
      return answered(clack.text({ ...streams, message, placeholder: 'orders.csv', validate }));
    },
    confirm: (message, suggested) => answered(clack.confirm({ ...streams, message, initialValue: suggested })),
    end: (text) => clack.outro(text, streams),
  };
}
