import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { Link } from 'wouter';
import { customersAddress } from '../../components/customers-address.ts';
import { useFormat } from '../../format/use-format.ts';
import {
  ALL_FIELDS,
  customersIn,
  edgesOf,
  type Field,
  type FieldSelection,
  filterOfFields,
  isRestricted,
} from './field-selection.ts';
import { MEASURE_TEXTS, type Measure } from './measures.ts';

interface FieldChooserProps {
  readonly measure: Measure;
  readonly fields: readonly Field[];
  readonly selection: FieldSelection;
  readonly onSelect: (selection: FieldSelection) => void;
}

/** The ends of the chosen part, and the way to its customers. */
export function FieldChooser({ measure, fields, selection, onSelect }: FieldChooserProps) {
  const format = useFormat();
  const { risks, values: froms } = edgesOf(fields);
  const tos = [...new Set(fields.flatMap(({ value_to }) => (value_to === null ? [] : [value_to])))].toSorted(
    (a, b) => a - b,
  );
  const count = customersIn(fields, selection);
  const filters = filterOfFields(measure, selection);
  const { title } = MEASURE_TEXTS[measure];
  const change = (part: Partial<FieldSelection>) => onSelect({ ...selection, ...part });
  const option = (value: number | undefined, label: string) => ({
    value: value === undefined ? '' : String(value),
    label,
  });
  return (
    <Group gap="sm" align="flex-end" className="screen-only">
      <NativeSelect
        size="xs"
        label="Churn risk from"
        value={String(selection.riskFrom)}
        onChange={(event) => change({ riskFrom: Number(event.currentTarget.value) })}
        data={withValue(risks, selection.riskFrom).map((risk) => option(risk, `${risk} %`))}
      />
      <NativeSelect
        size="xs"
        label="to"
        aria-label="Churn risk to"
        value={String(selection.riskTo)}
        onChange={(event) => change({ riskTo: Number(event.currentTarget.value) })}
        data={withValue(
          risks.map((risk) => risk + 10),
          selection.riskTo,
        ).map((risk) => option(risk, `${risk} %`))}
      />
      <NativeSelect
        size="xs"
        label={`${title} from`}
        value={String(selection.valueFrom)}
        onChange={(event) => change({ valueFrom: Number(event.currentTarget.value) })}
        data={withValue([0, ...froms], selection.valueFrom).map((value) =>
          option(value, value === 0 ? 'no lower end' : format.shortMoney(value)),
        )}
      />
      <NativeSelect
        size="xs"
        label="to below"
        aria-label={`${title} to below`}
        value={selection.valueTo === undefined ? '' : String(selection.valueTo)}
        onChange={({ currentTarget: { value } }) => change({ valueTo: value === '' ? undefined : Number(value) })}
        data={[
          option(undefined, 'no upper end'),
          ...withValue(tos, selection.valueTo).map((value) => option(value, format.shortMoney(value))),
        ]}
      />
      {filters === undefined ? (
        <Text size="sm" data-chosen={count}>
          {format.number(count)} customers. Lists can be filtered by lifetime value and by amount spent: choose one of
          them to see who they are.
        </Text>
      ) : count === 0 ? (
        <Text size="sm" data-chosen={count}>
          Nobody is within.
        </Text>
      ) : (
        <Button component={Link} href={customersAddress(filters)} size="xs" data-chosen={count}>
          {count === 1 ? 'Show the customer' : `Show the ${format.number(count)} customers`}
        </Button>
      )}
      {isRestricted(selection) && (
        <Button variant="default" size="xs" onClick={() => onSelect(ALL_FIELDS)}>
          Choose all
        </Button>
      )}
    </Group>
  );
}

/** The values, and one from the address that is not among them. */
function withValue(values: readonly number[], value: number | undefined): readonly number[] {
  const all = value === undefined ? values : [...values, value];
  return [...new Set(all)].toSorted((a, b) => a - b);
}
