import { Group, NativeSelect } from '@mantine/core';
import { typeTitle } from './types.ts';
import type { InsightFilter } from './use-insight-filter.ts';

interface InsightFiltersProps {
  readonly filter: InsightFilter;
  readonly types: readonly string[];
  readonly priorities: readonly number[];
  readonly onChange: (name: keyof InsightFilter, value: string) => void;
}

/** Which type and which priority are shown. */
export function InsightFilters({ filter, types, priorities, onChange }: InsightFiltersProps) {
  const shownTypes = withChosen(types, filter.type);
  const shownPriorities = withChosen(priorities, filter.priority);
  return (
    <Group gap="sm" className="screen-only">
      <NativeSelect
        size="xs"
        label="About"
        value={filter.type ?? ''}
        onChange={({ currentTarget }) => onChange('type', currentTarget.value)}
        data={[
          { value: '', label: 'Everything' },
          ...shownTypes.map((type) => ({ value: type, label: typeTitle(type) })),
        ]}
      />
      <NativeSelect
        size="xs"
        label="Priority"
        value={String(filter.priority ?? '')}
        onChange={({ currentTarget }) => onChange('priority', currentTarget.value)}
        data={[
          { value: '', label: 'All' },
          ...shownPriorities.map((priority) => ({ value: String(priority), label: priorityTitle(priority) })),
        ]}
      />
    </Group>
  );
}

function priorityTitle(priority: number): string {
  if (priority === 1) return '1 (first)';
  return priority === 5 ? '5 (facts, not tried)' : String(priority);
}

/** What the address asks for can be chosen too, even where nothing is of it. */
function withChosen<T>(values: readonly T[], chosen: T | undefined): readonly T[] {
  return chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
}
