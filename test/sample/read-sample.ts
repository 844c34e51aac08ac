import { countersByReason, type DirtReason } from '../../src/sample/dirt.ts';

export interface SampleReading {
  readonly header: string;
  readonly rows: readonly string[];
  readonly rejectedRows: Record<DirtReason, number>;
  readonly cleanRows: number;
  readonly orders: number;
  readonly returns: number;
  readonly customers: number;
  readonly oneOrderCustomers: number;
  readonly netRevenueCents: number;
}

/** Reads a sample file by the rules of the pipeline, knowing nothing of how it was made. */
export function readSample(text: string): SampleReading {
  const [header = '', ...rows] = text.split('\n').slice(0, -1);
  const rejectedRows = countersByReason();
  const wellFormed = rows.flatMap((row) => {
    const [, date = '', customer = '', order = '', sales = ''] = row.split(',');
    const reason = faultOf(row, date, customer, order, sales);
    if (reason === undefined) return [{ row, customer, order, cents: Number(sales.replace('.', '')) }];
    rejectedRows[reason]++;
    return [];
  });

  const customersOfOrder = new Map<string, Set<string>>();
  for (const { order, customer } of wellFormed) {
    customersOfOrder.set(order, (customersOfOrder.get(order) ?? new Set()).add(customer));
  }
  const seen = new Set<string>();
  const clean = wellFormed.filter(({ row, order }) => {
    const key = row.slice(row.indexOf(','));
    const reason =
      customersOfOrder.get(order)?.size !== 1 ? 'ORDER_CONFLICT' : seen.has(key) ? 'DUPLICATE_ROW' : undefined;
    seen.add(key);
    if (reason !== undefined) rejectedRows[reason]++;
    return reason === undefined;
  });

  const ordersOfCustomer = new Map<string, Set<string>>();
  for (const { customer, order, cents } of clean) {
    if (cents > 0) ordersOfCustomer.set(customer, (ordersOfCustomer.get(customer) ?? new Set()).add(order));
  }
  const orderCounts = [...ordersOfCustomer.values()].map((orders) => orders.size);
  return {
    header,
    rows,
    rejectedRows,
    cleanRows: clean.length,
    orders: orderCounts.reduce((sum, orders) => sum + orders, 0),
    returns: clean.filter(({ cents }) => cents < 0).length,
    customers: orderCounts.length,
    oneOrderCustomers: orderCounts.filter((orders) => orders === 1).length,
    netRevenueCents: clean.reduce((sum, { cents }) => sum + cents, 0),
  };
}

function faultOf(row: string, date: string, customer: string, order: string, sales: string): DirtReason | undefined {
  if (row.includes('"') || row.split(',').length !== 5) return 'MALFORMED_ROW';
  if (!isDate(date)) return 'INVALID_DATE';
  if (customer.trim() === '') return 'INVALID_CUSTOMER';
  if (order.trim() === '') return 'INVALID_ORDER';
  return /^-?\d+\.\d\d$/.test(sales) ? undefined : 'INVALID_SALES';
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return /^\d{4}-\d\d-\d\d$/.test(text) && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
