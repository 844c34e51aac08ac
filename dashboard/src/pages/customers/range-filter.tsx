import { Group, NumberInput, Text } from '@mantine/core';
import { useSource } from '../../api/source-context.tsx';
import { RANGES, type Range } from './customer-filters.ts';
import classes from './customers-page.module.css';
import type { ViewControl } from './use-customer-view.ts';
import { useDraft } from './use-draft.ts';

interface RangeFilterProps {
  readonly name: Range;
  readonly control: ViewControl;
  /** Why there is nothing to filter by. */
  readonly withheld: string | undefined;
}

/** Customers whose figure is between two bounds, either of which may be open. */
export function RangeFilter({ name, control, withheld }: RangeFilterProps) {
  const { snapshot } = useSource();
  const { title } = RANGES[name];
  const units: Partial<Record<Range, string>> = { value: snapshot.currency, spent: snapshot.currency, churn: '%' };
  const legend = units[name] === undefined ? title : `${title} (${units[name]})`;
  return (
    <fieldset className={classes.range} disabled={withheld !== undefined} title={withheld}>
      <legend className={classes.legend}>{legend}</legend>
      <Group gap={6} wrap="nowrap">
        <Bound name={name} end="min" control={control} />
        <span aria-hidden>–</span>
        <Bound name={name} end="max" control={control} />
      </Group>
      {withheld !== undefined && (
        <Text size="xs" c="dimmed" lineClamp={1}>
          Withheld: {withheld}
        </Text>
      )}
    </fieldset>
  );
}

interface BoundProps {
  readonly name: Range;
  readonly end: 'min' | 'max';
  readonly control: ViewControl;
}

function Bound({ name, end, control: { view, setFilters } }: BoundProps) {
  const { title, isWhole } = RANGES[name];
  const filter = `${name}_${end}` as const;
  const [draft, setDraft] = useDraft(view.filters[filter] ?? '', (text) => {
    if (text === '' || /^-?\d{1,12}(\.\d{1,9})?$/.test(text)) setFilters({ [filter]: text });
  });
  return (
    <NumberInput
      size="xs"
      hideControls
      aria-label={`${title}, ${end === 'min' ? 'at least' : 'at most'}`}
      placeholder={end === 'min' ? 'from' : 'to'}
      allowDecimal={!isWhole}
      allowNegative={!isWhole}
      maxLength={16}
      value={draft}
      onChange={(value) => setDraft(String(value))}
    />
  );
}
