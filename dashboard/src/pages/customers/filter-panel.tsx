import { SimpleGrid } from '@mantine/core';
import type { Grade } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import type { Question } from '../../api/use-question.ts';
import { ChoiceFilter } from './choice-filter.tsx';
import { CHOICE_NAMES, RANGE_NAMES } from './customer-filters.ts';
import { RangeFilter } from './range-filter.tsx';
import type { ViewControl } from './use-customer-view.ts';

interface FilterPanelProps {
  readonly control: ViewControl;
  readonly facets: Question<QueryRow<'customers/facets'>>;
  readonly grades: readonly Grade[];
}

/** All filters: by what customers are, and by their figures. */
export function FilterPanel({ control, facets, grades }: FilterPanelProps) {
  const values = facets.data?.rows ?? [];
  const withheld = grades.find(({ score, grade }) => score === 'churn_risk' && grade === 'WITHHELD')?.reason;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm" verticalSpacing="xs">
      {CHOICE_NAMES.map((name) => (
        <ChoiceFilter
          key={name}
          name={name}
          control={control}
          values={values.filter(({ facet, value }) => facet === name && value !== null)}
        />
      ))}
      {RANGE_NAMES.map((name) => (
        <RangeFilter key={name} name={name} control={control} withheld={name === 'churn' ? withheld : undefined} />
      ))}
    </SimpleGrid>
  );
}
