import { useMemo, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ColumnName } from './customer-columns.ts';
import type { FilterName, Filters } from './customer-filters.ts';
import { type CustomerView, readView, writeView } from './customer-view.ts';

/** The view that the address says, and how to change it. */
export interface ViewControl {
  readonly view: CustomerView;
  /** Sets filters; undefined or an empty text takes one away. */
  setFilters(change: Readonly<Partial<Record<FilterName, string | undefined>>>): void;
  clearFilters(): void;
  sortBy(sort: ColumnName, order: 'asc' | 'desc'): void;
  showColumns(columns: readonly ColumnName[]): void;
}

/**
 * Each change is a step of the browser's history. Going on with the same change, as when a word is typed letter by
 * letter, is no further step.
 */
export function useCustomerView(): ViewControl {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const last = useRef({ change: '', search: '' });
  const go = (change: string, next: CustomerView) => {
    const wanted = writeView(next).toString();
    const isSame = last.current.change === change && last.current.search === search;
    last.current = { change, search: wanted };
    navigate(wanted === '' ? path : `${path}?${wanted}`, { replace: isSame });
  };
  return {
    view,
    setFilters: (change) => {
      const merged = Object.entries({ ...view.filters, ...change }).filter(([, value]) => (value ?? '') !== '');
      const filters: Filters = Object.fromEntries(merged);
      go(Object.keys(change).join(), { ...view, filters });
    },
    clearFilters: () => go('', { ...view, filters: {} }),
    sortBy: (sort, order) => go('', { ...view, sort, order }),
    showColumns: (columns) => go('columns', { ...view, columns }),
  };
}
