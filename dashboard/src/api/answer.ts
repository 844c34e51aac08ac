/** A value of a cell, as the server sends it. */
export type Cell = string | number | boolean | null;

/** A column of an answer with its meaning. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly unit?: string;
}

/** How far a score can be trusted; WITHHELD scores are null everywhere. */
export interface Grade {
  readonly score: string;
  readonly grade: string;
  readonly reason: string;
  readonly horizonDays: number | null;
}

/** What the server answers to a question; all of it comes from one snapshot. */
export interface Answer<Row> {
  readonly snapshot: string;
  readonly asOf: string;
  readonly currency: string;
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Row[];
  readonly page?: { readonly limit: number; readonly offset: number; readonly total: number };
  readonly grades?: readonly Grade[];
}

/** What is published. */
export interface Snapshot {
  readonly snapshot: string;
  readonly runId: string;
  readonly asOf: string;
  readonly createdAt: string;
  readonly engine: string;
  readonly currency: string;
  readonly locale: string;
}

/** A row whose columns are not known before it comes. */
export type AnyRow = Readonly<Record<string, Cell>>;
