import { SimpleGrid } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard, type Drawing } from '../../components/chart-card.tsx';
import { Choice, useChoice } from '../../components/choice.tsx';
import { segmentColor } from '../../components/segment-mark.tsx';
import { type CourseMeasure, drawCourse } from './draw-course.ts';

/** From the bottom of the stack to its top. */
const SEGMENTS = ['Lost', 'At Risk', 'New', 'Regular', 'High Value'] as const;
const STAGES = ['Lost', 'At Risk', 'Cooling', 'New', 'Active'] as const;

/** The colours of the segments of the same name; other stages have others. */
function stageColour(stage: string, series: readonly string[]): string {
  if (stage === 'Active') return series[2] ?? '';
  return stage === 'Cooling' ? (series[4] ?? '') : segmentColor(stage, series);
}

const drawHistory = (measure: CourseMeasure) => (drawing: Drawing<QueryRow<'segments/history'>>) =>
  drawCourse({
    ...drawing,
    measure,
    groups: SEGMENTS,
    colourOf: segmentColor,
    standings: drawing.answer.rows.map((row) => ({
      day: row.month_end,
      group: row.customer_segment,
      customers: row.customers,
      share: row.share_of_base,
    })),
  });

const drawLifecycle = (measure: CourseMeasure) => (drawing: Drawing<QueryRow<'segments/lifecycle'>>) =>
  drawCourse({
    ...drawing,
    measure,
    groups: STAGES,
    colourOf: stageColour,
    standings: drawing.answer.rows.map((row) => ({
      day: row.snapshot_date,
      group: row.lifecycle_stage,
      customers: row.customers,
      share: row.share_of_base,
    })),
  });

const DRAW_HISTORY = { customers: drawHistory('customers'), share: drawHistory('share') };
const DRAW_LIFECYCLE = { customers: drawLifecycle('customers'), share: drawLifecycle('share') };
const MEASURES = { customers: 'Customers', share: 'Share' } as const;

/** Segments and stages of life over time. */
export function CourseCards() {
  const [ofHistory, setOfHistory] = useChoice('history', ['customers', 'share']);
  const [ofStages, setOfStages] = useChoice('stages', ['customers', 'share']);
  const history = useQuestion('segments/history', {});
  const lifecycle = useQuestion('segments/lifecycle', {});
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <ChartCard
        title="Segments over time"
        about="Customers in each of the five segments at the last month ends and at the as-of date. Past segments are computed again from the orders, by the same rules, with the value so far; at the as-of date the predicted value counts as well."
        question={history}
        draw={DRAW_HISTORY[ofHistory]}
        height={340}
        empty="There is no month end before the as-of date yet."
        columns={[
          { name: 'month_end', title: 'Day' },
          { name: 'customer_segment', title: 'Segment' },
          { name: 'customers', title: 'Customers' },
          { name: 'share_of_base', title: 'Share' },
          { name: 'revenue', title: 'Revenue so far' },
        ]}
        controls={
          <Choice label="Segments over time: measure" value={ofHistory} onChange={setOfHistory} options={MEASURES} />
        }
      />
      <ChartCard
        title="Stages of life over time"
        about="Customers by the time since their last order: New (first order a short while ago), Active, Cooling, At Risk, Lost. Unlike the segments, the stages do not look at value or at the rhythm of a customer."
        question={lifecycle}
        draw={DRAW_LIFECYCLE[ofStages]}
        height={340}
        columns={[
          { name: 'snapshot_date', title: 'Day' },
          { name: 'lifecycle_stage', title: 'Stage' },
          { name: 'customers', title: 'Customers' },
          { name: 'share_of_base', title: 'Share' },
          { name: 'avg_days_since_last_order', title: 'Days since last order' },
        ]}
        controls={
          <Choice
            label="Stages of life over time: measure"
            value={ofStages}
            onChange={setOfStages}
            options={MEASURES}
          />
        }
      />
    </SimpleGrid>
  );
}
