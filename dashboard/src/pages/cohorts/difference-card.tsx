import { Anchor, List, Paper, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { chance } from '../../format/chance.ts';
import { differenceVerdict } from './difference-verdict.ts';

const ABOUT =
  'Compared is the share of each cohort that orders in the month after the first: all cohorts with each other (chi-square test), and each against the others. All p-values of the run are corrected together (Benjamini-Hochberg).';

/** Whether cohorts differ by more than chance, as the run has tested it. */
export function DifferenceCard() {
  const { data, error, refetch } = useQuestion('insights/candidates', { type: 'cohort' });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading height={96} />;
  const { answer, together, findings } = differenceVerdict(data.rows);
  const tried = data.rows.filter((row) => row.p_value !== null).length;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label="Do cohorts differ?" data-card="Do cohorts differ?">
      <Title order={3} size="h5">
        <Definition text={ABOUT}>Do cohorts differ?</Definition>
      </Title>
      <Text mt={4} fw={600} data-answer>
        {answer}
      </Text>
      {findings.length > 0 && (
        <List size="sm" mt={4}>
          {findings.map((row) => (
            <List.Item key={row.candidate_id}>
              {row.title} ({chance(row.p_value)}, {chance(row.adjusted_p_value)} after the correction)
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed" mt={4}>
        {together === undefined
          ? 'The run has not compared cohorts.'
          : together.p_value === null
            ? `All cohorts with each other: ${together.why_not}.`
            : `All cohorts with each other: ${chance(together.p_value)}, ${chance(together.adjusted_p_value)} after the correction. Compared is the share that orders in the month after the first; ${tried} of the run’s comparisons are about cohorts.`}{' '}
        <Anchor component={Link} href="/insights?type=cohort" size="sm" underline="always">
          All comparisons of cohorts
        </Anchor>
      </Text>
    </Paper>
  );
}
