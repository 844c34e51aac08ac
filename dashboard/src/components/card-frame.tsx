import { Anchor, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSource } from '../api/source-context.tsx';
import classes from './card-frame.module.css';
import { Definition } from './definition.tsx';

export interface CardFrameProps {
  readonly title: string;
  /** What it shows, how to read it. */
  readonly about: string;
  /** Address of its figures as a CSV file. */
  readonly csv?: string | undefined;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A card with its title, its meaning, its controls and its file. */
export function CardFrame({ title, about, csv, controls, children }: CardFrameProps) {
  const { source } = useSource();
  return (
    <Paper withBorder p="md" className={classes.card} component="section" aria-label={title} data-card={title}>
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <Title order={3} size="h5">
          <Definition text={about}>{title}</Definition>
        </Title>
        <Group gap="xs" className={classes.tools}>
          {controls}
          {csv !== undefined && !source.isOffline && (
            <Anchor size="xs" href={csv} download aria-label={`${title}: download as CSV`}>
              CSV
            </Anchor>
          )}
        </Group>
      </Group>
      {children}
    </Paper>
  );
}
