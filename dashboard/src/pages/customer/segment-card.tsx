import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { CustomerExplanation } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawSegmentCourse } from './draw-segment-course.ts';
import { daysText } from './words.ts';

/** The marketing segment: why, what to do, and how it has changed. */
export function SegmentCard({ explanation: { profile, segment } }: { readonly explanation: CustomerExplanation }) {
  const format = useFormat();
  const course = useQuestion('customer/segments', { id: profile.customerId });
  const { expectedGapLimitDays: limit, daysSinceLastOrder: silence } = segment;
  return (
    <ChartCard
      title="Segment over time"
      about="The marketing segment at the last month ends and at the as-of date. At past month ends customers are ranked by the value up to then."
      question={course}
      draw={drawSegmentCourse}
      height={200}
    >
      <Text size="sm">
        <strong>{segment.segment}</strong>: {segment.description}.
      </Text>
      {limit !== null && silence !== null && (
        <Text size="sm">
          A silence of up to {daysText(limit, format)} is usual for this customer; now it is {daysText(silence, format)}
          .
        </Text>
      )}
      <Text size="sm">
        What to do: {segment.strategy}.{' '}
        <Anchor component={Link} href={`/customers?segment=${encodeURIComponent(segment.segment)}`} underline="always">
          All of this segment
        </Anchor>
      </Text>
    </ChartCard>
  );
}
