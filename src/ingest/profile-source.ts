import type { InputError } from '../errors.ts';
import { examineSource } from './examine-source.ts';
import { expressionText } from './mapping/expression-text.ts';
import { type Grain, layoutExpressions } from './mapping/layout.ts';
import type { HeaderMatch } from './mapping/match-header.ts';
import { type TargetName, targetNames, targets } from './mapping/target.ts';
import { openQuestions } from './open-questions.ts';
import type { ReadRecord } from './record-reader.ts';
import type { ScanOptions } from './scan-options.ts';
import { describe, readRecords } from './scan-source.ts';
import type { ScannedSource } from './scanned-source.ts';
import { SourceFile } from './source-file.ts';
import { describeAmountStyle } from './values/amount-style.ts';

/** A column, or an expression over columns, and what it was taken for. */
export interface ProfiledTarget {
  readonly target: TargetName;
  readonly expression: string;
  /** What its values are read as. */
  readonly type: 'date' | 'decimal' | 'text';
  /** 0 to 1; 1 for known layouts, declared columns and the preferred names. */
  readonly confidence: number;
}

/** One record as it was read. */
export interface ProfiledRecord {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly date: string;
  readonly customer: string;
  readonly order: string;
  readonly amount: string;
  readonly refund: string;
  /** What is wrong or particular with it; empty for a sound order. */
  readonly remark: string;
}

/** Records with one kind of problem, or of one kind that does not count. */
export interface ProfiledProblem {
  readonly kind: string;
  readonly records: number;
  /** The first of them, with their lines. */
  readonly examples: readonly { readonly line: number; readonly detail: string }[];
}

/** What was understood of a file, for people to check before they load it. */
export interface SourceProfile {
  readonly source: ScannedSource;
  readonly targets: readonly ProfiledTarget[];
  /** In sentences: the layout, what it assumes, and what it does not know. */
  readonly explanation: readonly string[];
  readonly dates: string;
  readonly amounts: string;
  readonly currencies: Readonly<Record<string, number>>;
  readonly soundRecords: number;
  readonly firstDate: string | undefined;
  readonly lastDate: string | undefined;
  readonly rows: readonly ProfiledRecord[];
  readonly problems: readonly ProfiledProblem[];
  /** What only the user can answer; a run would stop at the first. */
  readonly questions: readonly InputError[];
}

const SAMPLE_ROWS = 5;
const EXAMPLES = 3;

/**
 * Reads a file as a run would, and loads nothing. Questions that would stop a run are part of the answer.
 * @throws InputError where the file as a whole cannot be used.
 */
export async function profileSource(path: string, options: ScanOptions): Promise<SourceProfile> {
  const file = await SourceFile.open(path, options.table);
  try {
    const examined = await examineSource(file, options, true);
    const collector = new Collector(examined.understanding.layout.grain);
    const sink = await readRecords(file, examined, undefined, collector.listener);
    await file.assertUnchanged();
    options.onProgress?.(file.bytes, file.bytes);
    const { understanding } = examined;
    const { match, currencies } = understanding;
    return {
      source: describe(file, examined, undefined, sink.footerCount),
      targets: profiledTargets(match),
      explanation: match.explanation,
      dates: understanding.dates.evidence,
      amounts: describeAmountStyle(understanding.amounts),
      currencies: Object.fromEntries([...currencies].map(([currency, { records }]) => [currency, records])),
      soundRecords: collector.soundRecords,
      firstDate: collector.firstDate,
      lastDate: collector.lastDate,
      rows: collector.rows,
      problems: collector.problems(),
      questions: openQuestions(file.name, understanding, options.currency),
    };
  } finally {
    await file.close();
  }
}

/** The needed ones first. */
function profiledTargets({ layout, confidence }: HeaderMatch): ProfiledTarget[] {
  const found = layoutExpressions(layout).map(
    ([target, expression]): ProfiledTarget => ({
      target,
      expression: expressionText(expression),
      type: target === 'date' ? 'date' : targets[target].kind === 'number' ? 'decimal' : 'text',
      confidence: confidence[target] ?? 1,
    }),
  );
  return found.toSorted((a, b) => targetNames.indexOf(a.target) - targetNames.indexOf(b.target));
}

/** Counts what the records are while they pass. */
class Collector {
  soundRecords = 0;
  firstDate: string | undefined;
  lastDate: string | undefined;
  readonly rows: ProfiledRecord[] = [];
  readonly #grain: Grain;
  readonly #problems = new Map<string, { records: number; examples: { line: number; detail: string }[] }>();

  constructor(grain: Grain) {
    this.#grain = grain;
  }

  readonly listener = (record: ReadRecord, _row: number, line: number): void => {
    const problem = problemOf(record, this.#grain);
    if (problem === undefined) this.#countSound(record);
    else this.#countProblem(problem, line);
    if (this.rows.length < SAMPLE_ROWS && record.malformed === undefined) {
      this.rows.push({
        line,
        date: record.order_date_read ?? record.order_date_text ?? '',
        customer: record.customer_id_text ?? '',
        order: record.order_id_text ?? '',
        amount: record.sales_read ?? record.sales_text ?? '',
        refund: record.refund_read ?? '',
        remark: problem === undefined ? '' : `${problem.kind}: ${problem.detail}`,
      });
    }
  };

  problems(): ProfiledProblem[] {
    return [...this.#problems]
      .map(([kind, { records, examples }]) => ({ kind, records, examples }))
      .toSorted((a, b) => b.records - a.records || (a.kind < b.kind ? -1 : 1));
  }

  #countSound(record: ReadRecord): void {
    this.soundRecords++;
    const date = record.order_date_read ?? record.order_date_text ?? '';
    if (this.firstDate === undefined || date < this.firstDate) this.firstDate = date;
    if (this.lastDate === undefined || date > this.lastDate) this.lastDate = date;
  }

  #countProblem({ kind, detail }: Problem, line: number): void {
    const known = this.#problems.get(kind) ?? { records: 0, examples: [] };
    known.records++;
    if (known.examples.length < EXAMPLES) known.examples.push({ line, detail });
    this.#problems.set(kind, known);
  }
}

interface Problem {
  readonly kind: string;
  readonly detail: string;
}

const roundedId = /^\d(\.\d+)?E\+(1[1-9]|[2-9]\d)$/;

/** The first thing that keeps a record from being a sound order, by the codes that staging uses. */
function problemOf(record: ReadRecord, grain: Grain): Problem | undefined {
  if (record.set_aside_kind !== undefined) {
    return { kind: record.set_aside_kind, detail: record.set_aside_detail ?? '' };
  }
  if (record.malformed !== undefined) return { kind: 'MALFORMED_ROW', detail: record.malformed };
  const isBlank = (record.sales_text ?? '').trim() === '';
  if (grain === 'first-line' && isBlank && (record.order_id_text ?? '').trim() !== '') {
    return { kind: 'ORDER_DETAIL', detail: `a further line of order "${record.order_id_text}"` };
  }
  if (record.date_problem !== undefined) return { kind: 'INVALID_DATE', detail: record.date_problem };
  const customer = record.customer_id_text?.trim() ?? '';
  const order = record.order_id_text?.trim() ?? '';
  if (customer === '') return { kind: 'guest', detail: `order "${order}" has no customer` };
  if (roundedId.test(customer)) return { kind: 'INVALID_CUSTOMER', detail: `"${customer}" is a rounded number` };
  if (order === '') return { kind: 'INVALID_ORDER', detail: 'order id is empty' };
  if (roundedId.test(order)) return { kind: 'INVALID_ORDER', detail: `"${order}" is a rounded number` };
  if (record.sales_problem !== undefined) return { kind: 'INVALID_SALES', detail: record.sales_problem };
  if (isBlank) return { kind: 'no amount', detail: `order "${order}" has no amount` };
  return undefined;
}
