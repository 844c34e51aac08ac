import { Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { GradeSign } from './grade-sign.tsx';
import { ObservationCard } from './observation-card.tsx';
import { GRADES, named, SCORES, sentence } from './words.ts';

/** How far each score can be trusted, and what the history allows. */
export function GradesSection() {
  return (
    <Stack gap="md">
      <GradeCards />
      <ObservationCard />
    </Stack>
  );
}

function GradeCards() {
  const format = useFormat();
  const grades = useQuestion('predictions/grades', {});
  if (grades.error !== null) return <Failure error={grades.error} onRetry={() => void grades.refetch()} />;
  if (grades.data === undefined) return <Loading height={180} />;
  const { rows, columns } = grades.data;
  const column = (name: string) => columns.find((one) => one.name === name);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, xl: 4 }}>
      {rows.map(({ score, grade, reason, horizon_days, backtested_days }) => (
        <Paper key={score} withBorder p="md" data-grade={score} component="section" aria-label={named(SCORES, score)}>
          <Title order={3} size="h5" mb="xs">
            <Definition column={column('grade')}>{named(SCORES, score)}</Definition>
          </Title>
          <Group gap="sm" mb="xs" align="flex-end">
            <GradeSign grade={grade ?? ''} />
            <Text size="lg" fw={600} lh={1.2}>
              {grade === 'WITHHELD' ? 'Withheld' : grade}
            </Text>
            <Text size="sm" c="dimmed">
              {GRADES[grade ?? '']?.words}
            </Text>
          </Group>
          <Text size="sm" mb="xs">
            {sentence(reason)}
          </Text>
          <Text size="xs" c="dimmed">
            {horizon_days === null
              ? 'Nothing could be tested'
              : `Tested ${format.number(horizon_days)} days ahead of ${format.number(backtested_days)} past days`}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
