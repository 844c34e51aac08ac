import type { ReactNode } from 'react';
import type { AnswerColumn } from '../api/answer.ts';
import { Definition } from './definition.tsx';
import classes from './facts.module.css';

/** One figure with its name. */
export interface Fact {
  readonly title: string;
  /** What it means. */
  readonly column?: AnswerColumn | undefined;
  readonly value: ReactNode;
}

/** A few figures with their names, one below the other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ title, column, value }) => (
        <div key={title} style={{ display: 'contents' }}>
          <dt>{column === undefined ? title : <Definition column={column}>{title}</Definition>}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
