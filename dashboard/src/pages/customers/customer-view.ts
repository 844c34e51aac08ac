import { COLUMNS, type ColumnName, columnOf, USUAL_COLUMNS } from './customer-columns.ts';
import { FILTER_NAMES, type Filters } from './customer-filters.ts';

/** Which customers the list shows, in which order, with which columns: all that its address says. */
export interface CustomerView {
  readonly filters: Filters;
  readonly sort: ColumnName;
  readonly order: 'asc' | 'desc';
  /** In the order of all columns; the customer's id is always among them. */
  readonly columns: readonly ColumnName[];
}

const USUAL_SORT: Pick<CustomerView, 'sort' | 'order'> = { sort: 'lifetime_value', order: 'desc' };

/** Filters and order are named as the parameters of the question `customers`, so that an address fits both. */
export function readView(address: URLSearchParams): CustomerView {
  const filters = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = address.get(name);
      return value === null || value === '' ? [] : [[name, value] as const];
    }),
  );
  const sorted = columnOf(address.get('sort') ?? '');
  const sort =
    sorted === undefined
      ? USUAL_SORT
      : { sort: sorted.name, order: address.get('order') === 'desc' ? ('desc' as const) : ('asc' as const) };
  return { filters, ...sort, columns: inOrder(address.get('columns')?.split(',') ?? USUAL_COLUMNS) };
}

/** The address of a view; what is usual is left out. */
export function writeView({ filters, sort, order, columns }: CustomerView): URLSearchParams {
  const address = new URLSearchParams(
    FILTER_NAMES.flatMap((name) => {
      const value = filters[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  if (sort !== USUAL_SORT.sort || order !== USUAL_SORT.order) {
    address.set('sort', sort);
    address.set('order', order);
  }
  if (columns.join() !== USUAL_COLUMNS.join()) address.set('columns', columns.join());
  return address;
}

function inOrder(names: readonly string[]): readonly ColumnName[] {
  const chosen = COLUMNS.filter(({ name }) => name === 'customer_id' || names.includes(name));
  return chosen.map(({ name }) => name);
}
