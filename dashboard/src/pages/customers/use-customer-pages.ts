import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Answer } from '../../api/answer.ts';
import { useSource } from '../../api/source-context.tsx';
import type { Customer } from './customer-columns.ts';
import type { CustomerView } from './customer-view.ts';

/** Rows that are asked for at once. */
const PAGE_ROWS = 100;
/** Rows around those seen that are asked for in advance. */
const AHEAD = 40;
/** Pages that are only passed in fast scrolling are not asked for. */
const PAUSE_MS = 60;

/** What is known of the customers of a view. */
export interface CustomerPages {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  /** Whether that is of this view; as long as it is on its way, the one before is shown. */
  readonly isOfView: boolean;
  /** Columns and grades of the answers. */
  readonly head: Pick<Answer<Customer>, 'columns' | 'grades'> | undefined;
  /** Undefined as long as the row is on its way. */
  at(index: number): Customer | undefined;
  /** Whether something that is seen is on its way. */
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}

/** The pages of the list that the rows from `first` to `last` are on. */
export function useCustomerPages({ filters, sort, order }: CustomerView, first: number, last: number): CustomerPages {
  const { source, snapshot } = useSource();
  const before = useRef<Known>(undefined);
  const end = Math.max(last, Math.min(last + AHEAD, (before.current?.total ?? 0) - 1));
  const [from] = useDebouncedValue(pageOf(Math.max(0, first - AHEAD)), PAUSE_MS);
  const [to] = useDebouncedValue(pageOf(end), PAUSE_MS);
  const params = { ...filters, sort, order, limit: PAGE_ROWS };
  const view = JSON.stringify(params);
  const pages = Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => from + index);
  const questions = useQueries({
    queries: pages.map((page) => {
      const asked = { ...params, offset: page * PAGE_ROWS };
      return {
        queryKey: [snapshot.snapshot, 'customers', asked],
        queryFn: ({ signal }: { signal: AbortSignal }) => source.ask('customers', asked, signal),
      };
    }),
  });
  const answers = new Map<number, Answer<Customer>>();
  questions.forEach(({ data }, index) => {
    const page = pages[index];
    if (data !== undefined && page !== undefined) answers.set(page, data);
  });
  const [answer] = answers.values();
  const known: Known | undefined =
    answer === undefined ? before.current : { view, answers, head: answer, total: answer.page?.total ?? 0 };
  const isOfView = known?.view === view;
  useEffect(() => {
    before.current = known;
  });
  const failed = questions.find(({ error }) => error !== null);
  const at = (index: number) => known?.answers.get(pageOf(index))?.rows[index % PAGE_ROWS];
  const isMissing = [first, last].some((index) => index < (known?.total ?? 0) && at(index) === undefined);
  return {
    total: known?.total,
    isOfView,
    head: known?.head,
    at,
    isBusy: !isOfView || isMissing,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

interface Known {
  readonly view: string;
  readonly answers: ReadonlyMap<number, Answer<Customer>>;
  readonly head: Answer<Customer>;
  readonly total: number;
}

function pageOf(row: number): number {
  return Math.floor(row / PAGE_ROWS);
}
