import { REPORT_QUESTIONS } from '../../../../../src/report/report-questions.ts';
import type { LineageEdge, LineageNode } from './graph.ts';

/** The pages by the first part of the names of their questions. */
const PAGE_OF_PREFIX: Readonly<Record<string, string>> = {
  overview: 'overview',
  revenue: 'revenue',
  cohorts: 'cohorts',
  customers: 'customers',
  customer: 'customers',
  segments: 'segments',
  value: 'value',
  risk: 'value',
  campaigns: 'campaigns',
  insights: 'insights',
  predictions: 'trust',
  data: 'data',
};

const TITLES: Readonly<Record<string, string>> = {
  overview: 'Overview',
  revenue: 'Revenue',
  cohorts: 'Cohorts',
  customers: 'Customers',
  segments: 'Segments',
  value: 'Value and churn',
  campaigns: 'Campaigns',
  insights: 'Insights',
  trust: 'Trust',
  data: 'Data',
};

/** Address of a page by the name of its node. */
export function pageAddress(node: string): string {
  const page = node.replace(/^page:/, '');
  return page === 'overview' ? '/' : `/${page}`;
}

export function isPage(node: string): boolean {
  return node.startsWith('page:');
}

/** The pages of the web app, and which table each shows: by what its questions read. A report has no list of customers. */
export function pagesOfTables(
  reads: readonly { readonly question: string | null; readonly node: string | null }[],
  isReport: boolean,
): {
  readonly nodes: LineageNode[];
  readonly edges: LineageEdge[];
} {
  const shown = new Map<string, Set<string>>();
  const show = (page: string, table: string) => shown.set(page, (shown.get(page) ?? new Set()).add(table));
  const tablesOf = Map.groupBy(reads, ({ question }) => question ?? '');
  for (const { question, node } of reads) {
    const page = PAGE_OF_PREFIX[(question ?? '').split('/')[0] ?? ''];
    if (page !== undefined && node !== null) show(page, node);
  }
  for (const [page, questions] of Object.entries(REPORT_QUESTIONS)) {
    for (const { path } of questions) {
      const [, layer, table] = /^tables\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
      if (layer !== undefined) show(page, `${layer}.${table}`);
      for (const { node } of tablesOf.get(path) ?? []) if (node !== null) show(page, node);
    }
  }
  const pages = Object.keys(TITLES).filter((page) => shown.has(page) && !(isReport && page === 'customers'));
  return {
    nodes: pages.map((page) => ({ id: `page:${page}`, layer: 'page', name: TITLES[page] ?? page })),
    edges: pages.flatMap((page) => [...(shown.get(page) ?? [])].map((from) => ({ from, to: `page:${page}` }))),
  };
}
