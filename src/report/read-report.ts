import type { QueryOptions } from '../engines/engine.ts';
import { QueryError } from '../engines/query-error.ts';
import { CancelledError, InputError, RunError } from '../errors.ts';
import { headerOf } from '../project/model.ts';
import { aboutSnapshot } from '../server/about-snapshot.ts';
import type { Answer } from '../server/answer.ts';
import { answerQuery, answerTable } from '../server/answer-question.ts';
import { type DataSource, READ_LIMITS } from '../server/data-source.ts';
import { Problem } from '../server/problem.ts';
import type { OpenSnapshot } from '../server/published-data.ts';
import { tableParams } from '../server/published-table.ts';
import type { QueryDefinition } from '../server/query-definition.ts';
import { namedQueries } from '../server/query-registry.ts';
import { readParameters } from '../server/read-parameters.ts';
import type { CheckedParams } from '../server/run-query.ts';
import { answerKey } from './answer-key.ts';
import { CustomerCloak, type CustomerDetail } from './customer-detail.ts';
import type { ReportQuestion } from './report-questions.ts';
import { ALL_RUNS, settledAnswer } from './settled-answer.ts';

/** A question with its answer. */
export interface AnsweredQuestion extends ReportQuestion {
  /** Page of the web app that asks it first. */
  readonly page: string;
  /** What it answers, in a sentence; null for a table that no model describes. */
  readonly summary: string | null;
  readonly answer: Answer;
}

/** All that a report is made of; everything is of one snapshot. */
export interface ReportData {
  readonly snapshot: ReturnType<typeof aboutSnapshot>;
  readonly customers: CustomerDetail;
  /** By `answerKey`, in the order of the pages. */
  readonly answers: ReadonlyMap<string, AnsweredQuestion>;
}

/** What is asked, by page, in the order of the pages. */
export type QuestionsByPage = Readonly<Record<string, readonly ReportQuestion[]>>;

interface Reading {
  readonly questions: QuestionsByPage;
  readonly customers: CustomerDetail;
  /** Where the data should be, for people. */
  readonly place: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks all questions of a report. @throws InputError before the first run, RunError for data of an earlier version. */
export async function readReport(
  source: DataSource,
  { questions, customers, place, signal }: Reading,
): Promise<ReportData> {
  const project = await source.loadProject();
  const published = await source.openPublished(READ_LIMITS);
  if (published === undefined) {
    throw new InputError(`nothing has been published in ${place} yet`, {
      remedy: 'run the pipeline first: marketing-pipeline run FILE',
    });
  }
  const snapshot: OpenSnapshot = { ...published, project, counts: new Map() };
  const cloak = new CustomerCloak(customers);
  const answers = new Map<string, AnsweredQuestion>();
  try {
    const all = Object.entries(questions).flatMap(([page, asked]) => asked.map((question) => ({ page, question })));
    for (const { page, question } of all) {
      const key = answerKey(question.path, question.params);
      if (answers.has(key)) continue;
      if (signal?.aborted) throw new CancelledError();
      const { summary, answer } = await ask(question, snapshot, source, signal === undefined ? {} : { signal });
      answers.set(key, { ...question, page, summary, answer: cloak.cover(answer) });
    }
  } catch (error) {
    throw explainedFailure(error);
  } finally {
    await published.reader.close();
  }
  return { snapshot: aboutSnapshot(published.manifest, source), customers, answers };
}

const queries: ReadonlyMap<string, QueryDefinition> = new Map(namedQueries.map((query) => [query.name, query]));

async function ask(
  { path, params }: ReportQuestion,
  snapshot: OpenSnapshot,
  source: DataSource,
  options: QueryOptions,
): Promise<Pick<AnsweredQuestion, 'summary' | 'answer'>> {
  const texts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [String(value)]]));
  const query = queries.get(path);
  if (query !== undefined) {
    const { summary } = query;
    const checked: CheckedParams = readParameters(query.params, texts);
    if (query.kind === 'tables' || query.isLive !== true) {
      return { summary, answer: await answerQuery(query, checked, snapshot, source, options) };
    }
    const answer = await answerQuery(query, { ...checked, limit: ALL_RUNS }, snapshot, source, options);
    return { summary, answer: settledAnswer(answer, Number(checked.limit)) };
  }
  const [, layer = '', name = ''] = path.split('/');
  const answer = await answerTable({ layer, name }, readParameters(tableParams, texts), snapshot, source, options);
  const model = snapshot.project.models.get(name);
  return { summary: model === undefined ? null : headerOf(model).description, answer };
}

function explainedFailure(error: unknown): unknown {
  if (!(error instanceof QueryError || error instanceof Problem)) return error;
  return new RunError('the published tables do not have what the report asks for', {
    cause: error,
    remedy: 'they may come from an earlier version of the program: run the pipeline again',
  });
}
