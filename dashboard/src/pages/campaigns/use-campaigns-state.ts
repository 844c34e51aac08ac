import { useSearchParams } from 'wouter';

/** What the page is asked to show; it stands in the address, so that it can be shared. */
export interface CampaignsState {
  /** The list that is planned and shown; undefined: all of them. */
  readonly type: string | undefined;
  /** What one contact costs, in the currency of the data. */
  readonly cost: number;
  /** Money for contacts; undefined when the contacts are chosen. */
  readonly budget: number | undefined;
  /** Contacts, when they are chosen and not the budget. */
  readonly contacts: number | undefined;
  readonly group: 'target' | 'control' | undefined;
  readonly priority: number | undefined;
  readonly sort: CustomerSort;
  readonly order: 'asc' | 'desc';
  /** Page of the customers, from 1. */
  readonly page: number;
  readonly measure: Measure;
}

export const CUSTOMER_SORTS = [
  'priority_level',
  'value_at_stake',
  'estimated_value',
  'historic_value',
  'days_since_last_order',
  'best_contact_date',
  'customer_id',
] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

/** What a difference is measured in: percentage points of who ordered, or money. */
export type Measure = 'orders' | 'revenue';

type Changes = { readonly [Name in keyof CampaignsState]?: CampaignsState[Name] | undefined };

/** The example of the documentation: 500 for contacts of 0.25. */
export const DEFAULT_COST = 0.25;
const DEFAULT_BUDGET = 500;
const HIGHEST_PRIORITY = 5;

const AMOUNTS = ['contacts', 'cost', 'budget'];

/** The state in the address, and a function that changes parts of it; undefined is the state of the beginning. */
export function useCampaignsState(): [CampaignsState, (changes: Changes) => void] {
  const [params, setParams] = useSearchParams();
  const change = (changes: Changes) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) next.delete(name);
          else next.set(name, String(value));
        }
        return next;
      },
      // A choice can be taken back in the browser; amounts pass through many values.
      { replace: AMOUNTS.some((name) => Object.hasOwn(changes, name)) },
    );
  return [stateOf(params), change];
}

/** What cannot be understood counts as left out. */
export function stateOf(params: URLSearchParams): CampaignsState {
  const contacts = wholeOf(params.get('contacts'));
  const budget = amountOf(params.get('budget'));
  const group = params.get('group');
  const priority = wholeOf(params.get('priority'));
  return {
    type: params.get('type') || undefined,
    cost: amountOf(params.get('cost')) ?? DEFAULT_COST,
    budget: contacts === undefined ? (budget ?? DEFAULT_BUDGET) : undefined,
    contacts,
    group: group === 'target' || group === 'control' ? group : undefined,
    priority: priority !== undefined && priority <= HIGHEST_PRIORITY ? priority : undefined,
    sort: CUSTOMER_SORTS.find((name) => name === params.get('sort')) ?? 'priority_level',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    page: wholeOf(params.get('page')) ?? 1,
    measure: params.get('measure') === 'revenue' ? 'revenue' : 'orders',
  };
}

function wholeOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** An amount above 0 with at most six decimals. */
function amountOf(text: string | null): number | undefined {
  const amount = text !== null && /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  return amount > 0 ? amount : undefined;
}
