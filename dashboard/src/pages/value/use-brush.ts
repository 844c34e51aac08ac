import { BrushComponent, ToolboxComponent } from 'echarts/components';
import type { EChartsType } from 'echarts/core';
import { useCallback, useEffect, useRef } from 'react';
import { echarts } from '../../charts/echarts.ts';
import { edgesOf, type Field, type FieldSelection } from './field-selection.ts';

// Here and not with the others: no other page has them. A brush asks for the toolbox, also where that is not shown.
echarts.use([BrushComponent, ToolboxComponent]);

/** Lets a frame be drawn on the chart; `redrawn` are the things whose change draws the chart anew. */
export function useBrush(
  fields: readonly Field[] | undefined,
  onSelect: ((selection: FieldSelection) => void) | undefined,
  redrawn: readonly unknown[],
) {
  const chart = useRef<EChartsType>(undefined);
  // Where a finger moves the page, it cannot draw.
  const isEnabled = onSelect !== undefined && !matchMedia('(pointer: coarse)').matches;
  const latest = useRef({ fields, onSelect });
  useEffect(() => {
    latest.current = { fields, onSelect };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart that is drawn anew forgets that frames are drawn on it
  useEffect(() => {
    if (isEnabled) takeBrush(chart.current);
  }, [fields, isEnabled, ...redrawn]);
  return useCallback(
    (made: EChartsType) => {
      chart.current = made;
      made.on('brushEnd', (event) => {
        const { fields: known = [], onSelect: tell } = latest.current;
        const chosen = selectionOf(event, known);
        if (chosen !== undefined) tell?.(chosen);
      });
      // The chart gets its figures right after this.
      if (isEnabled) setTimeout(() => takeBrush(made));
    },
    [isEnabled],
  );
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
