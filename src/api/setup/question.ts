/** Settings by key, as the command line's options give them. */
export type Settings = Readonly<Record<string, unknown>>;

export type QuestionId =
  | 'date'
  | 'customer'
  | 'order'
  | 'amount'
  | 'date-format'
  | 'decimal-mark'
  | 'currency'
  | 'grain'
  | 'guests'
  | 'timezone';

export interface Answer {
  readonly label: string;
  /** What the answer means for this file, such as example values. */
  readonly hint?: string;
  readonly settings: Settings;
  /** The same as an option of the command line. */
  readonly option: string;
}

/** An answer that is typed instead of chosen. */
export interface TypedAnswer {
  readonly initial: string;
  /** Why a text is no answer; undefined for one that is. */
  problemOf(text: string): string | undefined;
  answerOf(text: string): Answer;
}

/** What a file does not say about itself, or says with doubt. */
export interface Question {
  readonly id: QuestionId;
  readonly message: string;
  /** What the question rests on, one sentence each. */
  readonly evidence: readonly string[];
  /** To choose from; of a typed answer only the suggested one. */
  readonly answers: readonly Answer[];
  readonly typed?: TypedAnswer;
  /** What is taken when nobody is asked; undefined where only the user can know. */
  readonly suggested: Answer | undefined;
}

/** Settings with others over them; of `map` each target by itself. */
export function mergeSettings(settings: Settings, others: Settings): Settings {
  const map = { ...entriesOf(settings.map), ...entriesOf(others.map) };
  return { ...settings, ...others, ...(Object.keys(map).length === 0 ? {} : { map }) };
}

function entriesOf(map: unknown): object {
  return typeof map === 'object' && map !== null ? map : {};
}
