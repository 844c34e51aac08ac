import type { SnapshotManifest } from '../engines/engine.ts';
import type { Column, Row } from '../engines/result-set.ts';
import { jsonValue } from '../export/json-line.ts';
import type { Project } from '../project/load-project.ts';
import { headerOf } from '../project/model.ts';
import { type ColumnSpecs, referenceOf, type Unit } from './column-spec.ts';

/** A column of an answer with its meaning, for tooltips. */
export interface AnswerColumn extends Column {
  readonly description: string | null;
  readonly unit?: Unit;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
  /** Rows of all pages. */
  readonly total: number;
}

/** How far a score that the answer shows, or withholds, can be trusted. */
export interface AnswerGrade {
  readonly score: string;
  /** A to D, or WITHHELD: then the score is null. */
  readonly grade: string;
  readonly reason: string;
  readonly horizonDays: number | null;
}

export interface Answer {
  readonly manifest: SnapshotManifest;
  readonly currency: string;
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Row[];
  readonly page?: Page;
  readonly grades?: readonly AnswerGrade[];
}

/** Columns of a named query with what the models say of them. */
export function describedColumns(specs: ColumnSpecs, project: Project): AnswerColumn[] {
  return Object.entries(specs).map(([name, spec]) => {
    const reference = referenceOf(name, spec);
    const description =
      reference === undefined ? spec.meaning : columnMeaning(project, reference.model, reference.column);
    return { name, type: spec.type, description, ...(spec.unit === undefined ? {} : { unit: spec.unit }) };
  });
}

/** What the model says of its column; null where it says nothing. */
export function columnMeaning(project: Project, model: string, column: string): string | null {
  const found = project.models.get(model);
  if (found === undefined) return null;
  return headerOf(found).columns.find(({ name }) => name === column)?.description ?? null;
}

/** The answer as JSON. Decimals are numbers with all their digits; rows are objects by column. */
export function answerJson({ manifest, currency, columns, rows, page, grades }: Answer): string {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  const lines = rows.map((row) => {
    const cells = columns.map(({ type }, position) => `${keys[position]}${jsonValue(row[position] ?? null, type)}`);
    return `{${cells.join(',')}}`;
  });
  const head = { snapshot: manifest.snapshotId, asOf: manifest.asOf, currency, columns };
  const tail = { ...(page === undefined ? {} : { page }), ...(grades === undefined ? {} : { grades }) };
  const before = JSON.stringify(head).slice(0, -1);
  const after = JSON.stringify(tail).slice(1);
  return `${before},"rows":[${lines.join(',\n')}]${after === '}' ? '}' : `,${after}`}`;
}
