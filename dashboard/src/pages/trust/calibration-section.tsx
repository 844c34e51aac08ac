import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useNarrowed } from '../../api/use-narrowed.ts';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { LocalChoice } from '../../components/local-choice.tsx';
import { useLocalChoice } from '../../components/use-local-choice.ts';
import { useFormat } from '../../format/use-format.ts';
import { drawCalibration, groupOf, valueText } from './draw-calibration.ts';

type Row = QueryRow<'predictions/calibration'>;

const CARDS = [
  ['churn_risk', 'Churn risk', 'The probability of no order within the horizon'],
  ['expected_orders', 'Orders', 'Purchase days per customer within the horizon'],
  ['predicted_value', 'Value', 'Revenue per customer within the horizon'],
] as const;

/** What was predicted for groups of customers on past days, against what came. */
export function CalibrationSection() {
  const calibration = useQuestion('predictions/calibration', {});
  const [grouping, setGrouping] = useLocalChoice('groups', ['decile', 'frequency']);
  return (
    <Stack gap="md">
      <LocalChoice
        label="Customers grouped by"
        options={[
          { value: 'decile', label: 'Tenths by prediction' },
          { value: 'frequency', label: 'Repeat purchases so far' },
        ]}
        value={grouping}
        onChange={setGrouping}
        size="sm"
      />
      <Text size="sm" c="dimmed">
        Each point is a group of customers on all past days together, the larger the more of them. On the dashed line
        came what had been predicted; above it more, below it less.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {CARDS.map(([score, title, about]) => (
          <Groups key={score} calibration={calibration} score={score} grouping={grouping} title={title} about={about} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface GroupsProps {
  readonly calibration: Question<Row>;
  readonly score: string;
  readonly grouping: string;
  readonly title: string;
  readonly about: string;
}

function Groups({ calibration, score, grouping, title, about }: GroupsProps) {
  const format = useFormat();
  const { source } = useSource();
  const groups = useNarrowed(calibration, { score, grouping }, source.csvAddress('predictions/calibration', { score }));
  const columns: readonly ShownColumn<Row>[] = [
    { name: 'group_number', title: 'Group', cell: groupOf },
    { name: 'customers', title: 'Customers' },
    { name: 'predicted', title: 'Predicted', cell: (row) => valueText(row, row.predicted, format) },
    { name: 'actual', title: 'Came', cell: (row) => valueText(row, row.actual, format) },
  ];
  return (
    <ChartCard
      title={title}
      about={`${about}: what was predicted for groups of customers, and what came.`}
      question={groups}
      draw={drawCalibration}
      columns={columns}
      height={320}
      empty="This score could not be tested on past days; its grade says why."
    />
  );
}
