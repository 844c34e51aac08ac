import { SegmentedControl, Text } from '@mantine/core';
import type { ECElementEvent, EChartsType } from 'echarts/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { Answer } from '../api/answer.ts';
import type { Question } from '../api/use-question.ts';
import { Chart, type ChartOption } from '../charts/chart.tsx';
import type { Palette } from '../charts/palette.ts';
import { usePalette } from '../charts/use-palette.ts';
import type { Format } from '../format/format.ts';
import { useFormat } from '../format/use-format.ts';
import { CardFrame } from './card-frame.tsx';
import { DataTable, type ShownColumn } from './data-table.tsx';
import { Empty, Failure, Loading, Withheld } from './states.tsx';

/** What a chart is drawn of. */
export interface Drawing<Row> {
  readonly answer: Answer<Row>;
  readonly format: Format;
  readonly palette: Palette;
}

interface ChartCardProps<Row> {
  readonly title: string;
  /** What it shows, how to read it. */
  readonly about: string;
  readonly question: Question<Row>;
  /** A pure function outside of the component, so that the chart is drawn anew only when its figures change. */
  readonly draw?: (drawing: Drawing<Row>) => ChartOption;
  /** In place of a drawn chart: elements, where each part of the picture must be reachable by itself. */
  readonly show?: (drawing: Drawing<Row>) => ReactNode;
  /** Columns of the same figures as a table; all unless these are given. */
  readonly columns?: readonly ShownColumn<Row>[];
  /** Why there may be no rows. */
  readonly empty?: string;
  /** Scores without which there is nothing to show, with their names for people. */
  readonly needs?: Readonly<Record<string, string>>;
  readonly height?: number;
  readonly onPick?: ((event: ECElementEvent, row: Row | undefined) => void) | undefined;
  readonly onReady?: ((chart: EChartsType) => void) | undefined;
  /** Controls of the chart, and what stands below it. */
  readonly controls?: ReactNode;
  readonly children?: ReactNode;
}

/** A chart with its title, its meaning, its figures as a table and as a file, and all states of its question. */
export function ChartCard<Row extends object>(props: ChartCardProps<Row>) {
  const { title, about, question, controls, children } = props;
  const [view, setView] = useState('Chart');
  const shownAs = (
    <SegmentedControl
      size="xs"
      data={['Chart', 'Table']}
      value={view}
      onChange={setView}
      aria-label={`${title}: shown as`}
    />
  );
  return (
    <CardFrame
      title={title}
      about={about}
      csv={question.csv}
      controls={
        <>
          {controls}
          {shownAs}
        </>
      }
    >
      <CardBody {...props} view={view} />
      {children !== undefined && (
        <Text size="sm" component="div" mt="xs">
          {children}
        </Text>
      )}
    </CardFrame>
  );
}

function CardBody<Row extends object>(props: ChartCardProps<Row> & { readonly view: string }) {
  const { title, question, draw, show, columns, needs = {}, height = 280, onPick, onReady, view } = props;
  const { empty = 'There is nothing to show yet.' } = props;
  const format = useFormat();
  const palette = usePalette();
  const { data: answer, error, refetch } = question;
  const option = useMemo(
    () => (answer === undefined || answer.rows.length === 0 ? undefined : draw?.({ answer, format, palette })),
    [answer, format, palette, draw],
  );
  const pick = useMemo(
    () => (onPick === undefined ? undefined : (event: ECElementEvent) => onPick(event, answer?.rows[event.dataIndex])),
    [onPick, answer],
  );
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (answer === undefined) return <Loading height={height} />;
  const withheld = answer.grades?.find(({ score, grade }) => score in needs && grade === 'WITHHELD');
  if (withheld !== undefined)
    return <Withheld what={needs[withheld.score] ?? withheld.score} reason={withheld.reason} />;
  if (answer.rows.length === 0) return <Empty>{empty}</Empty>;
  if (view === 'Table')
    return <DataTable label={`${title}: table`} answer={answer} columns={columns} maxHeight={height} />;
  if (option === undefined) return show?.({ answer, format, palette });
  return <Chart label={title} option={option} height={height} onPick={pick} onReady={onReady} />;
}
