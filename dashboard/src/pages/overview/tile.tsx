import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerColumn, Grade } from '../../api/answer.ts';
import { Definition } from '../../components/definition.tsx';
import classes from './tiles.module.css';

interface TileProps {
  /** Name of the figure in the answer. */
  readonly name: string;
  readonly title: string;
  readonly column: Pick<AnswerColumn, 'description' | 'unit'> | undefined;
  readonly grade?: Grade | undefined;
  /** The exact figure, and how it is written. */
  readonly value: number | null;
  readonly text: string;
  /** What stands below the figure: change, what it is a part of, why it is withheld. */
  readonly children?: ReactNode;
  /** The course of the figure. */
  readonly course?: ReactNode;
}

/** One figure with its meaning. */
export function Tile({ name, title, column, grade, value, text, children, course }: TileProps) {
  return (
    <li>
      <Paper withBorder p="sm" className={classes.tile} data-tile={name} data-value={value}>
        <Text size="sm" c="dimmed">
          <Definition column={column} grade={grade}>
            {title}
          </Definition>
        </Text>
        <Text size="xl" fw={600} lh={1.3} className={classes.value}>
          {text}
        </Text>
        {children}
        {course !== undefined && <div className={classes.course}>{course}</div>}
      </Paper>
    </li>
  );
}

/** A row of tiles that is always full. */
export function Tiles({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: 'seven' | 'five';
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.frame}>
      <ul className={`${classes.tiles} ${classes[count]}`} aria-label={title}>
        {children}
      </ul>
    </div>
  );
}
