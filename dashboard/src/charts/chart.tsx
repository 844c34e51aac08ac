import type { ECElementEvent, EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import classes from './chart.module.css';
import { echarts } from './echarts.ts';
import { legendRows } from './legend-rows.ts';
import type { Palette } from './palette.ts';
import { usePalette } from './use-palette.ts';

export type ChartOption = EChartsCoreOption;

interface ChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly option: ChartOption;
  /** In CSS pixels. */
  readonly height?: number;
  /** A bar, point or field was clicked. */
  readonly onPick?: ((event: ECElementEvent) => void) | undefined;
  /** The chart itself, for what has no property here (brushes). */
  readonly onReady?: ((chart: EChartsType) => void) | undefined;
}

/**
 * Draws with ECharts on a canvas. Tooltips are drawn too, not made of HTML, so that text of the data can never become
 * markup and the Content-Security-Policy holds.
 */
export function Chart({ label, option, height = 280, onPick, onReady }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const palette = usePalette();
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  const rows = legendRows(option.legend, option.series, width);
  useEffect(() => {
    const made = echarts.init(element.current, undefined, { renderer: 'canvas' });
    chart.current = made;
    const observer = new ResizeObserver(() => {
      made.resize();
      setWidth(made.getWidth());
    });
    if (element.current !== null) observer.observe(element.current);
    onReady?.(made);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, [onReady]);
  useEffect(() => {
    chart.current?.setOption(withDefaults(option, palette, rows), { notMerge: true });
  }, [option, palette, rows]);
  useEffect(() => {
    const made = chart.current;
    if (made === undefined || onPick === undefined) return;
    made.on('click', onPick);
    return () => {
      // The chart goes first when the card is closed.
      if (!made.isDisposed()) made.off('click', onPick);
    };
  }, [onPick]);
  return <div ref={element} role="img" aria-label={label} className={classes.chart} style={{ height }} data-chart />;
}

/** @param rows of the legend, above the grid */
function withDefaults(
  option: ChartOption,
  { series, text, faint, line, background }: Palette,
  rows: number,
): ChartOption {
  const axis = (given: unknown): unknown => {
    if (given === undefined) return undefined;
    if (Array.isArray(given)) return given.map(axis);
    const { axisLabel, ...rest }: { axisLabel?: object } = Object(given);
    return {
      nameTextStyle: { color: faint },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: line, type: 'dashed' } },
      ...rest,
      axisLabel: { color: faint, hideOverlap: true, ...axisLabel },
    };
  };
  const { xAxis, yAxis, tooltip, legend, ...others } = option;
  return {
    color: [...series],
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 300,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: text },
    grid: {
      left: 8,
      right: 16,
      top: 16 + 24 * rows,
      bottom: isNamed(xAxis) ? 28 : 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...others,
    ...(xAxis === undefined ? {} : { xAxis: axis(xAxis) }),
    ...(yAxis === undefined ? {} : { yAxis: axis(yAxis) }),
    ...(legend === undefined ? {} : { legend: { top: 0, left: 0, textStyle: { color: text }, ...Object(legend) } }),
    tooltip: {
      trigger: 'item',
      backgroundColor: background,
      borderColor: line,
      textStyle: { color: text, fontSize: 13 },
      confine: true,
      ...Object(tooltip ?? {}),
      renderMode: 'richText',
    },
  };
}

/** Whether a name stands below the axis. */
function isNamed(axis: unknown): boolean {
  const { name }: { name?: string } = Object(axis);
  return name !== undefined;
}
