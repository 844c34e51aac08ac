import type { ReactNode } from 'react';
import type { AnswerColumn } from '../api/answer.ts';
import { Definition } from './definition.tsx';
import classes from './facts.module.css';

/** One figure with its name. */
export interface Fact {
  readonly title: string;
  /** What it means; in place of the column's description. */
  readonly text?: string | undefined;
  readonly column?: AnswerColumn | undefined;
  readonly value: ReactNode;
}

/** A few figures with their names, one below the other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ title, text, column, value }) => (
        <div key={title} style={{ display: 'contents' }}>
          <dt>
            {column === undefined && text === undefined ? (
              title
            ) : (
              <Definition column={column} text={text}>
                {title}
              </Definition>
            )}
          </dt>
          <dd data-fact={title}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
