import { Button, Group } from '@mantine/core';
import { useFormat } from '../../format/use-format.ts';
import { CHOICE_NAMES, CHOICES, type FilterName, type Filters, RANGE_NAMES, RANGES } from './customer-filters.ts';
import classes from './customers-page.module.css';
import type { ViewControl } from './use-customer-view.ts';

/** The filters that are set, each with a button that takes it away, and one for all. */
export function ActiveFilters({ control: { view, setFilters, clearFilters } }: { readonly control: ViewControl }) {
  const format = useFormat();
  const active = activeFilters(view.filters, format.month);
  if (active.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label="Filters that are set">
      {active.map(({ text, names }) => (
        <Button
          key={names.join()}
          size="compact-sm"
          variant="default"
          className={classes.active ?? ''}
          aria-label={`Remove the filter ${text}`}
          rightSection={<span aria-hidden>×</span>}
          onClick={() => setFilters(Object.fromEntries(names.map((name) => [name, undefined])))}
        >
          <bdi className={classes.activeText}>{text}</bdi>
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={clearFilters}>
        Clear all
      </Button>
    </Group>
  );
}

interface ActiveFilter {
  readonly text: string;
  readonly names: readonly FilterName[];
}

/** The filters in words; both ends of a range are one. */
function activeFilters(filters: Filters, month: (value: string) => string): readonly ActiveFilter[] {
  const one = (name: FilterName, text: (value: string) => string): ActiveFilter[] => {
    const value = filters[name];
    return value === undefined ? [] : [{ text: text(value), names: [name] }];
  };
  const ranges = RANGE_NAMES.flatMap((range): ActiveFilter[] => {
    const least = filters[`${range}_min`];
    const most = filters[`${range}_max`];
    const bounds = [least === undefined ? [] : [`from ${least}`], most === undefined ? [] : [`up to ${most}`]].flat();
    if (bounds.length === 0) return [];
    return [{ text: `${RANGES[range].title} ${bounds.join(' ')}`, names: [`${range}_min`, `${range}_max`] }];
  });
  return [
    ...one('search', (text) => `Id contains ${text}`),
    ...one('prefix', (text) => `Id begins with ${text}`),
    ...CHOICE_NAMES.flatMap((name) =>
      one(name, (value) => `${CHOICES[name]}: ${name === 'cohort' ? month(value) : value}`),
    ),
    ...ranges,
  ];
}
