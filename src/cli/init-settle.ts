import { type FileLook, lookAtFile } from '../api/setup/look-at-file.ts';
import { mergeSettings, type Question, type QuestionId, type Settings } from '../api/setup/question.ts';
import { setupQuestions } from '../api/setup/setup-questions.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { ConfigKey } from '../config/schema.ts';
import { InputError, UsageError } from '../errors.ts';
import { resolveSources } from '../ingest/resolve-sources.ts';
import { printable } from '../printable.ts';
import type { CliContext } from './context.ts';
import type { Prompts } from './init-prompts.ts';
import { openQuestionLine, understoodText } from './init-text.ts';

/** A file about which nothing is open any more, and the settings by which it is read. */
export interface SettledFile {
  readonly settings: Settings;
  readonly look: FileLook;
  /** Questions that were answered as suggested, because nobody was asked. */
  readonly assumed: readonly Question[];
}

/**
 * Looks at a file, settles what is open or doubtful, and looks again, until nothing is left.
 * @throws UsageError with the questions and their options where only the user can know and nobody can be asked.
 */
export async function settleFile(
  file: string,
  given: Settings,
  prompts: Prompts | undefined,
  { effects, signal }: Pick<CliContext, 'effects' | 'signal'>,
): Promise<SettledFile> {
  const path = await onlyFile(file, effects.cwd);
  const settled = new Set<QuestionId>();
  const assumed: Question[] = [];
  let settings = given;
  let said = '';
  for (;;) {
    const loaded = await loadConfig({ flags: settings, env: effects.env, cwd: effects.cwd });
    for (const id of givenAnswers(loaded)) settled.add(id);
    const look = await lookAtFile(path, loaded.config, signal);
    const stage = look.profile === undefined ? 'columns open' : 'understood';
    if (stage !== said) prompts?.say(understoodText(look), printable(look.name));
    said = stage;
    const map = loaded.config.map ?? {};
    const questions = setupQuestions(look, map, settled);
    if (questions.length === 0) {
      const [question] = look.profile?.questions ?? [];
      if (question !== undefined) throw question;
      return { settings, look, assumed };
    }
    for (const question of look.profile === undefined ? toAskNow(questions, prompts) : questions) {
      const answer =
        prompts === undefined ? suggestedAnswer(look.name, question, questions) : await prompts.ask(question);
      if (prompts === undefined) assumed.push(question);
      // The columns that a config file names stay as they are beside the new ones.
      const base = answer.settings.map === undefined ? settings : mergeSettings({ map }, settings);
      settings = mergeSettings(base, answer.settings);
      settled.add(question.id);
    }
  }
}

async function onlyFile(file: string, cwd: string): Promise<string> {
  const [path, ...others] = await resolveSources([file], cwd);
  if (path !== undefined && others.length === 0) return path;
  throw new UsageError(`${file} means ${others.length + 1} files, and a config is made from one`, {
    remedy: 'Name one of them; the others are read by the same settings.',
  });
}

/** What a column is taken for changes what is asked about the next. */
function toAskNow(questions: readonly Question[], prompts: Prompts | undefined): readonly Question[] {
  return prompts === undefined ? questions : questions.slice(0, 1);
}

function suggestedAnswer(name: string, { suggested }: Question, questions: readonly Question[]) {
  if (suggested !== undefined) return suggested;
  const open = questions.filter((question) => question.suggested === undefined);
  const many = open.length === 1 ? 'a question' : `${open.length} questions`;
  throw new InputError(`${name} leaves ${many} open that only you can answer`, {
    remedy: open.map(openQuestionLine),
  });
}

const answeredBy: readonly (readonly [ConfigKey, QuestionId])[] = [
  ['grain', 'grain'],
  ['guests', 'guests'],
  ['timezone', 'timezone'],
];

/** Questions that options, the environment or a config file have answered, and that a profile would ask again. */
function givenAnswers({ origins, config }: LoadedConfig): QuestionId[] {
  return answeredBy
    .filter(([key]) => origins[key].kind !== 'default' && !(key === 'grain' && config.grain === 'auto'))
    .map(([, id]) => id);
}
