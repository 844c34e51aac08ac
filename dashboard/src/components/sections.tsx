import { Stack, Tabs, Title } from '@mantine/core';
import type { ComponentType } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useSource } from '../api/source-context.tsx';

/** A part of a page that has more than fits on one screen. */
export interface Section {
  /** Its name in the address. */
  readonly key: string;
  readonly title: string;
  readonly Content: ComponentType;
  /** Whether it is part of the offline report; it is unless said otherwise. */
  readonly isInReport?: boolean;
}

interface SectionsProps {
  /** What the sections are of, for those who do not see them. */
  readonly label: string;
  readonly sections: readonly [Section, ...Section[]];
}

/** Sections of a page as tabs, one at a time, its name in the address; one below the other in the offline report. */
export function Sections({ label, sections }: SectionsProps) {
  const { source } = useSource();
  const [path, navigate] = useLocation();
  const [params] = useSearchParams();
  if (source.isOffline) {
    return (
      <Stack gap="xl">
        {sections
          .filter(({ isInReport = true }) => isInReport)
          .map(({ key, title, Content }) => (
            <div key={key}>
              <Title order={3} size="h4" mb="sm">
                {title}
              </Title>
              <Content />
            </div>
          ))}
      </Stack>
    );
  }
  const asked = params.get('view');
  const { key: shown } = sections.find(({ key }) => key === asked) ?? sections[0];
  return (
    <Tabs value={shown} onChange={(key) => navigate(key === null ? path : `${path}?view=${key}`)} keepMounted={false}>
      <Tabs.List aria-label={label} mb="md" className="screen-only">
        {sections.map(({ key, title }) => (
          <Tabs.Tab key={key} value={key}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {sections.map(({ key, Content }) => (
        <Tabs.Panel key={key} value={key}>
          <Content />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
