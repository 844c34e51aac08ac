import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Title of a page, what it answers, and its controls. */
export function PageHeader({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly children?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-end" mb="md">
      <div>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" maw={720}>
          {about}
        </Text>
      </div>
      {children}
    </Group>
  );
}
