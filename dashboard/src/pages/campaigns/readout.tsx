import { Badge, Group, Paper, Text, Title } from '@mantine/core';
import type { AnswerColumn } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import { usePalette } from '../../charts/use-palette.ts';
import { type Fact, Facts } from '../../components/facts.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './campaigns.module.css';
import { effectOf, effectTexts, verdictColour } from './draw-results.ts';
import type { Measure } from './use-campaigns-state.ts';

type Result = QueryRow<'campaigns/results'>;

interface ReadoutProps {
  /** The latest look. */
  readonly result: Result;
  /** The looks before it, the latest first. */
  readonly earlier: readonly Result[];
  readonly columns: readonly AnswerColumn[];
}

/** A verdict has a sign and a colour beside its words. */
const SIGNS: Readonly<Record<string, string>> = {
  more: '▲',
  fewer: '▼',
  'no evidence': '=',
  'too early': '…',
  'no control group': '×',
};

/** What one launched campaign brought, as `campaigns measure` prints it. */
export function Readout({ result, earlier, columns }: ReadoutProps) {
  const format = useFormat();
  const { campaign_type, launch_id, launched_on, verdict, verdict_in_words } = result;
  const palette = usePalette();
  const title = `${campaign_type}, launched on ${format.day(launched_on)}`;
  return (
    <Paper
      withBorder
      p="md"
      className={classes.card}
      component="section"
      aria-label={title}
      data-readout={`${launch_id} ${campaign_type}`}
    >
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <div>
          <Title order={3} size="h5" className={classes.name}>
            {title}
          </Title>
          <Text size="xs" c="dimmed" className={classes.name}>
            {launch_id}
          </Text>
        </div>
        <Badge variant="outline" color={verdictColour(verdict, palette)} tt="none" miw="max-content">
          {SIGNS[verdict ?? '']} {verdict}
        </Badge>
      </Group>
      <Text size="sm" fw={600} my="xs">
        {verdict_in_words}
      </Text>
      <Looks result={result} />
      <Facts
        facts={[...earlierEvidence(result, earlier, format), ...figures(result, format)].map(({ name, ...fact }) => ({
          ...fact,
          column: columns.find((column) => column.name === name),
        }))}
      />
    </Paper>
  );
}

/** How many of the four looks have been reached. */
function Looks({ result: { look_number } }: { readonly result: Result }) {
  const reached = look_number ?? 0;
  return (
    <div className={classes.looks} role="img" aria-label={`${reached} of 4 looks reached`}>
      {[1, 2, 3, 4].map((look) => (
        <div key={look} className={classes.look} data-reached={look <= reached || undefined} />
      ))}
    </div>
  );
}

type NamedFact = Fact & { readonly name: keyof Result };

function figures(result: Result, format: Format): NamedFact[] {
  const { look_number, look_day, next_look_on, window_days, is_final, interval_level_percent } = result;
  const look =
    look_number === 0
      ? `The first is due on ${format.day(next_look_on)}`
      : `${look_number} of 4, orders up to ${format.day(look_day)}${
          next_look_on === null ? '' : `; the next is due on ${format.day(next_look_on)}`
        }`;
  return [
    {
      name: 'target_conversion_percent',
      title: 'Ordered',
      value: `${ordered(result, 'target', format)}, ${ordered(result, 'control', format)}`,
    },
    ...difference(result, 'orders', 'conversion_difference_points', 'Difference', format),
    {
      name: 'revenue_difference',
      title: 'Per customer',
      value: [
        result.revenue_per_target === null ? 'no targets' : `${format.money(result.revenue_per_target)} per target`,
        result.revenue_per_control === null ? 'no controls' : `${format.money(result.revenue_per_control)} per control`,
      ].join(', '),
    },
    ...difference(result, 'revenue', 'incremental_revenue', 'Revenue brought', format),
    { name: 'look_number', title: 'Look', value: look },
    {
      name: 'window_days',
      title: 'Window',
      value: `${format.number(window_days)} days${is_final === true ? ', over' : ''}`,
    },
    ...(interval_level_percent === null || result.conversion_difference_points === null
      ? []
      : [
          {
            name: 'interval_level_percent' as const,
            title: 'Level',
            value: `${interval_level_percent.toFixed(interval_level_percent > 99.9 ? 4 : 1)} % for the intervals of this look`,
          },
        ]),
  ];
}

function difference(result: Result, measure: Measure, name: keyof Result, title: string, format: Format): NamedFact[] {
  const effect = effectOf(result, measure);
  if (effect.value === null) return [];
  const { value, interval } = effectTexts(effect, measure, format);
  const what = measure === 'revenue' ? `, for all ${format.number(result.targets)} targets, before costs` : '';
  return [{ name, title, value: `${value} (${interval})${what}` }];
}

function ordered(result: Result, group: 'target' | 'control', format: Format): string {
  const [all, some, share] =
    group === 'target'
      ? [result.targets, result.target_converters, result.target_conversion_percent]
      : [result.controls, result.control_converters, result.control_conversion_percent];
  if (share === null) return `no ${group}s`;
  return `${format.number(some)} of ${format.number(all)} ${group}s (${format.percent(share)})`;
}

/** The last look before that found something else. */
function earlierEvidence({ verdict }: Result, earlier: readonly Result[], format: Format): NamedFact[] {
  const found = earlier.find((look) => look.verdict === 'more' || look.verdict === 'fewer');
  if (found === undefined || found.verdict === verdict) return [];
  return [
    {
      name: 'verdict',
      title: 'Before',
      value: `Up to ${format.day(found.look_day)} there was evidence that ${found.verdict} ordered`,
    },
  ];
}
