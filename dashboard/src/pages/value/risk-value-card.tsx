import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { usePalette } from '../../charts/use-palette.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { CustomersLink } from '../../components/customers-link.tsx';
import { drawFields } from './draw-fields.ts';
import { FieldChooser } from './field-chooser.tsx';
import {
  ALL_FIELDS,
  type Field,
  type FieldSelection,
  filterOfFields,
  readSelection,
  writeSelection,
} from './field-selection.ts';
import { MEASURE_TEXTS, type Measure, needsOf } from './measures.ts';
import { useBrush } from './use-brush.ts';

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
            <CustomersLink filters={filterOfFields(measure, selectionOfField(row))}>
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

function selectionOfField({ risk_from, risk_to, value_from, value_to }: Field): FieldSelection {
  return {
    riskFrom: risk_from ?? 0,
    riskTo: risk_to ?? 100,
    valueFrom: value_from ?? 0,
    valueTo: value_to ?? undefined,
  };
}
