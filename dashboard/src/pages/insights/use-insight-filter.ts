import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** Which insights and comparisons are shown; undefined: all. */
export interface InsightFilter {
  readonly type: string | undefined;
  readonly priority: number | undefined;
}

interface InsightFilterState {
  readonly filter: InsightFilter;
  readonly change: (name: keyof InsightFilter, value: string) => void;
}

/** The filter of the page, kept in its address. */
export function useInsightFilter(): InsightFilterState {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo((): InsightFilter => {
    const priority = search.get('priority') ?? '';
    return { type: search.get('type') || undefined, priority: /^[1-5]$/.test(priority) ? Number(priority) : undefined };
  }, [search]);
  const change = (name: keyof InsightFilter, value: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    });
  return { filter, change };
}

/** Whether a row passes the filter. */
export function passes(
  row: { readonly insight_type: string | null; readonly priority_level: number | null },
  { type, priority }: InsightFilter,
): boolean {
  return (
    (type === undefined || row.insight_type === type) && (priority === undefined || row.priority_level === priority)
  );
}
