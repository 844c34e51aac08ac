import { AppShell, Badge, Burger, Group, NavLink, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Snapshot } from '../api/answer.ts';
import type { RunningRun } from '../api/use-events.ts';
import { makeFormat } from '../format/format.ts';
import { PAGES } from '../pages/pages.ts';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { SnapshotNews } from './snapshot-news.tsx';

interface ShellProps {
  readonly snapshot: Snapshot | undefined;
  readonly running: RunningRun | null;
  readonly children: ReactNode;
}

/** What stands around every page: navigation, as-of date, run under way, colour scheme. */
export function Shell({ snapshot, running, children }: ShellProps) {
  const [path] = useLocation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
            />
            <Title order={1} size="h4" textWrap="nowrap">
              marketing-pipeline
            </Title>
          </Group>
          <Group gap="sm" wrap="nowrap">
            {running !== null && (
              <Badge variant="light" color="blue" role="status" tt="none">
                Run under way: {running.tablesDone} tables
              </Badge>
            )}
            {snapshot !== undefined && (
              <Text size="sm" c="dimmed" visibleFrom="xs" data-as-of={snapshot.asOf}>
                As of {makeFormat(snapshot.locale, snapshot.currency).day(snapshot.asOf)}
              </Text>
            )}
            <ColorSchemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages" component="nav">
        {PAGES.filter(({ isListed }) => isListed).map((page) => (
          <NavLink
            key={page.path}
            component={Link}
            href={page.path}
            label={page.title}
            active={page.path === path}
            aria-current={page.path === path ? 'page' : undefined}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <SnapshotNews snapshot={snapshot?.snapshot} />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
