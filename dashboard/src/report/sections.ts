import { PAGES, type Page } from '../pages/pages.ts';

/** Where a page of the app stands in the report. */
export function anchorOf(path: string): string {
  return path === '/' ? 'overview' : path.slice(1);
}

/** A part of the report, as the table of contents names it. */
export interface Section {
  readonly anchor: string;
  readonly title: string;
}

/** The pages of the app that are part of the report, in the order of its navigation. */
export const REPORT_PAGES: readonly Page[] = PAGES.filter(({ isInReport }) => isInReport);

export const CUSTOMER_LISTS: Section = { anchor: 'customer-lists', title: 'Lists of customers' };

/** All parts behind the cover. */
export function sectionsOf({ hasCustomers }: { readonly hasCustomers: boolean }): readonly Section[] {
  const pages = REPORT_PAGES.map(({ path, title }) => ({ anchor: anchorOf(path), title }));
  return hasCustomers ? [...pages, CUSTOMER_LISTS] : pages;
}
