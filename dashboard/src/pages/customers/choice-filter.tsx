import { NativeSelect } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useFormat } from '../../format/use-format.ts';
import { CHOICES, type Choice } from './customer-filters.ts';
import type { ViewControl } from './use-customer-view.ts';

interface ChoiceFilterProps {
  readonly name: Choice;
  readonly control: ViewControl;
  readonly values: readonly QueryRow<'customers/facets'>[];
}

/** Customers that have one value in common; each value tells how many they are in all. */
export function ChoiceFilter({ name, control: { view, setFilters }, values }: ChoiceFilterProps) {
  const format = useFormat();
  const chosen = view.filters[name] ?? '';
  const shown = (value: string) => (name === 'cohort' ? format.month(value) : value);
  const options = values.map(({ value, customers }) => ({
    value: value ?? '',
    label: `${shown(value ?? '')} (${format.number(customers)})`,
  }));
  const isKnown = chosen === '' || options.some(({ value }) => value === chosen);
  const data = [
    { value: '', label: 'All' },
    ...(name === 'cohort' ? options.toReversed() : options),
    ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
  ];
  return (
    <NativeSelect
      size="xs"
      label={CHOICES[name]}
      data={data}
      value={chosen}
      onChange={({ currentTarget: { value } }) => setFilters({ [name]: value })}
    />
  );
}
