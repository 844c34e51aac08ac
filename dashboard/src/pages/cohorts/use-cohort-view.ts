import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { MeasureName, Show } from './measures.ts';

/** A cell of the heatmap; without a month the whole cohort. */
export interface ChosenCell {
  readonly cohort: string;
  readonly month: string | undefined;
}

/** What is shown, as it stands in the address. */
export interface CohortView {
  readonly measure: MeasureName;
  readonly show: Show;
  readonly cell: ChosenCell | undefined;
}

interface CohortViewState {
  readonly view: CohortView;
  /** Changes parameters of the address; null removes one. */
  readonly change: (changes: Readonly<Record<string, string | null>>) => void;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

function measureOf(text: string | null): MeasureName {
  return text === 'on-or-after' || text === 'revenue' ? text : 'in';
}

/** The state of the page, kept in its address so that it can be shared. */
export function useCohortView(): CohortViewState {
  const [search, setSearch] = useSearchParams();
  const view = useMemo((): CohortView => {
    const cohort = search.get('cohort') ?? '';
    const month = search.get('month') ?? '';
    return {
      measure: measureOf(search.get('measure')),
      show: search.get('show') === 'customers' ? 'customers' : 'percent',
      cell: MONTH.test(cohort) ? { cohort, month: MONTH.test(month) ? month : undefined } : undefined,
    };
  }, [search]);
  const change = (changes: Readonly<Record<string, string | null>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  return { view, change };
}
