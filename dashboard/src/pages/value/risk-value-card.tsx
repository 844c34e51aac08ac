import { Button, Group, NativeSelect, Text } from '@mantine/core';
import type { EChartsType } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { usePalette } from '../../charts/use-palette.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawFields } from './draw-fields.ts';
import {
  ALL_FIELDS,
  customersIn,
  edgesOf,
  type Field,
  type FieldSelection,
  filterOfFields,
  isRestricted,
  readSelection,
  writeSelection,
} from './field-selection.ts';
import { MEASURE_TEXTS, type Measure, needsOf } from './measures.ts';

/** Churn risk against value, of which a part is chosen by drawing a frame or by its ends, and leads to its customers. */
export function RiskValueCard({ measure }: { readonly measure: Measure }) {
  const { source } = useSource();
  const palette = usePalette();
  const [search, setSearch] = useSearchParams();
  const question = useQuestion('risk/by-value', { measure });
  const text = search.toString();
  const selection = useMemo(
    () => (source.isOffline ? ALL_FIELDS : readSelection(new URLSearchParams(text))),
    [source, text],
  );
  const draw = useMemo(() => drawFields(selection), [selection]);
  const fields = question.data?.rows;
  const select = useCallback(
    (chosen: FieldSelection) => setSearch((before) => writeSelection(before, chosen), { replace: true }),
    [setSearch],
  );
  const onReady = useBrush(fields, source.isOffline ? undefined : select, [draw, palette]);
  const { title, meaning } = MEASURE_TEXTS[measure];
  const field = (row: Field): FieldSelection => ({
    riskFrom: row.risk_from ?? 0,
    riskTo: row.risk_to ?? 100,
    valueFrom: row.value_from ?? 0,
    valueTo: row.value_to ?? undefined,
  });
  const isShown =
    fields !== undefined &&
    fields.length > 0 &&
    question.data?.grades?.every(
      ({ grade, score }) => grade !== 'WITHHELD' || !(score === 'churn_risk' || score in needsOf(measure)),
    );
  return (
    <ChartCard
      title="Churn risk against value"
      about={`How many customers there are with which churn risk and value. ${meaning} Steps of value grow: 1, 2, 5, 10 ... Draw a frame on the chart, or choose the ends below it, to get to the customers within.`}
      question={question}
      draw={draw}
      needs={{ churn_risk: 'Churn risk', ...needsOf(measure) }}
      height={420}
      empty="No customer has both a churn risk and a value."
      onReady={onReady}
      columns={[
        {
          name: 'risk_from',
          title: 'Churn risk',
          cell: (row) => (
            <CustomersLink filters={filterOfFields(measure, field(row))}>
              {row.risk_from} to {row.risk_to} %
            </CustomersLink>
          ),
        },
        { name: 'value_from', title: `${title} from` },
        { name: 'value_to', title: 'to below' },
        { name: 'customers', title: 'Customers' },
        { name: 'total_value', title: 'Together' },
        { name: 'avg_churn_risk', title: 'Average churn risk' },
      ]}
    >
      {isShown && !source.isOffline && fields !== undefined ? (
        <FieldChooser measure={measure} fields={fields} selection={selection} onSelect={select} />
      ) : undefined}
    </ChartCard>
  );
}

/** Lets a frame be drawn on the chart; `redrawn` are the things whose change draws the chart anew. */
function useBrush(
  fields: readonly Field[] | undefined,
  onSelect: ((selection: FieldSelection) => void) | undefined,
  redrawn: readonly unknown[],
) {
  const chart = useRef<EChartsType>(undefined);
  const latest = useRef({ fields, onSelect });
  useEffect(() => {
    latest.current = { fields, onSelect };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart that is drawn anew forgets that frames are drawn on it
  useEffect(() => {
    takeBrush(chart.current);
  }, [fields, ...redrawn]);
  return useCallback((made: EChartsType) => {
    chart.current = made;
    made.on('brushEnd', (event) => {
      const { fields: known = [], onSelect: tell } = latest.current;
      const chosen = selectionOf(event, known);
      if (chosen !== undefined) tell?.(chosen);
    });
    // The chart gets its figures right after this.
    setTimeout(() => takeBrush(made));
  }, []);
}

function takeBrush(chart: EChartsType | undefined): void {
  if (chart === undefined || chart.isDisposed()) return;
  chart.dispatchAction({
    type: 'takeGlobalCursor',
    key: 'brush',
    brushOption: { brushType: 'rect', brushMode: 'single' },
  });
}

/** The fields that a frame touches. */
function selectionOf(event: unknown, fields: readonly Field[]): FieldSelection | undefined {
  const { areas = [] }: { areas?: readonly { coordRange?: readonly (readonly number[])[] }[] } = Object(event);
  const [[riskStart = 0, riskEnd = 0] = [], [valueStart = 0, valueEnd = 0] = []] = areas[0]?.coordRange ?? [];
  if (areas[0] === undefined) return undefined;
  const { risks, values } = edgesOf(fields);
  const highest = values[Math.min(valueEnd, values.length - 1)];
  const end = fields.find((field) => field.value_from === highest)?.value_to ?? undefined;
  return {
    riskFrom: risks[Math.max(0, riskStart)] ?? 0,
    riskTo: (risks[Math.min(riskEnd, risks.length - 1)] ?? 90) + 10,
    valueFrom: valueStart <= 0 ? 0 : (values[valueStart] ?? 0),
    valueTo: valueEnd >= values.length - 1 ? undefined : end,
  };
}

interface FieldChooserProps {
  readonly measure: Measure;
  readonly fields: readonly Field[];
  readonly selection: FieldSelection;
  readonly onSelect: (selection: FieldSelection) => void;
}

/** The ends of the chosen part, and the way to its customers. */
function FieldChooser({ measure, fields, selection, onSelect }: FieldChooserProps) {
  const format = useFormat();
  const { risks } = edgesOf(fields);
  const froms = edgesOf(fields).values;
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
