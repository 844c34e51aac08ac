import type { ReactNode } from 'react';
import type { AnswerColumn } from '../../api/answer.ts';
import { Definition } from '../../components/definition.tsx';
import classes from './campaigns.module.css';

/** A figure with its name. */
export interface Fact {
  readonly term: string;
  /** What the figure is; in place of the column's description. */
  readonly text?: string | undefined;
  readonly column?: AnswerColumn | undefined;
  readonly value: ReactNode;
}

/** Figures with their names, one a line; each name tells what it means. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ term, text, column, value }) => (
        <FactLine key={term} term={term} text={text} column={column} value={value} />
      ))}
    </dl>
  );
}

function FactLine({ term, text, column, value }: Fact) {
  return (
    <>
      <dt>
        <Definition column={column} text={text}>
          {term}
        </Definition>
      </dt>
      <dd data-fact={term}>{value}</dd>
    </>
  );
}
