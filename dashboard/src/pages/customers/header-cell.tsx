import { UnstyledButton } from '@mantine/core';
import type { AnswerColumn, Grade } from '../../api/answer.ts';
import { MeaningTip } from '../../components/definition.tsx';
import type { CustomerColumn } from './customer-columns.ts';
import classes from './customers-table.module.css';

interface HeaderCellProps {
  readonly column: CustomerColumn;
  readonly meaning: AnswerColumn | undefined;
  readonly grade: Grade | undefined;
  readonly sorted: 'asc' | 'desc' | false;
  readonly onSort: ((event: unknown) => void) | undefined;
}

/** Title of a column: a button that sorts, and says what the column means when it is pointed at or focused. */
export function HeaderCell({ column, meaning, grade, sorted, onSort }: HeaderCellProps) {
  const state = sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending';
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of a table of div elements
    <div role="columnheader" aria-sort={state} className={classes.headCell} data-number={column.isNumber}>
      <MeaningTip column={meaning} grade={grade}>
        <UnstyledButton className={classes.sort} onClick={onSort} data-sorted={sorted !== false}>
          <span>{column.title}</span>
          <span aria-hidden className={classes.arrow}>
            {sorted === false ? '↕' : sorted === 'asc' ? '↑' : '↓'}
          </span>
        </UnstyledButton>
      </MeaningTip>
    </div>
  );
}
