import { Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Definition, type Meaning } from '../../components/definition.tsx';

interface CardProps {
  readonly title: string;
  readonly about: string;
  readonly grade?: Meaning['grade'];
  readonly children: ReactNode;
}

/** A part of the page that is no chart. */
export function Card({ title, about, grade, children }: CardProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title} data-card={title}>
      <Title order={3} size="h5" mb="sm">
        <Definition text={about} grade={grade}>
          {title}
        </Definition>
      </Title>
      {children}
    </Paper>
  );
}
