import { Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { AnswerColumn, Grade } from '../api/answer.ts';
import { useSource } from '../api/source-context.tsx';
import { useFormat } from '../format/use-format.ts';
import classes from './definition.module.css';

/** What a figure means. */
export interface Meaning {
  /** What the figure means; its unit is told too. */
  readonly column?: Pick<AnswerColumn, 'description' | 'unit'> | undefined;
  /** In place of the column's own description. */
  readonly text?: string | undefined;
  /** How far the score behind the figure can be trusted, and how far ahead it looks. */
  readonly grade?: Grade | undefined;
}

/** A label that tells, when pointed at or focused, what its figure means: definition, unit, horizon, as-of date. */
export function Definition({ children, ...meaning }: Meaning & { readonly children: ReactNode }) {
  return (
    <MeaningTip {...meaning}>
      <button type="button" className={classes.term}>
        {children}
      </button>
    </MeaningTip>
  );
}

/** The same around a control that has something else to do. */
export function MeaningTip({ children, column, text, grade }: Meaning & { readonly children: ReactElement }) {
  const { snapshot } = useSource();
  const format = useFormat();
  const unit = column?.unit === 'money' ? snapshot.currency : column?.unit;
  const lines = [
    text ?? column?.description ?? undefined,
    unit === undefined ? undefined : `Unit: ${unit}.`,
    grade === undefined || grade.horizonDays === null
      ? undefined
      : `Tested ${grade.horizonDays} days ahead of past days.`,
    grade === undefined ? undefined : `Grade ${grade.grade}: ${grade.reason}`,
    `As of ${format.day(snapshot.asOf)}.`,
  ].filter((line) => line !== undefined);
  return (
    <Tooltip
      label={lines.map((line) => capital(line)).join('\n')}
      multiline
      maw={340}
      classNames={{ tooltip: classes.tip ?? '' }}
      events={{ hover: true, focus: true, touch: true }}
    >
      {children}
    </Tooltip>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
