import type { TextColumn } from '../../src/ingest/raw-table.ts';

/** A record as the door hands it on: what it read, else the text as it came. */
export interface DoorRecord {
  readonly line: number;
  readonly texts: Readonly<Partial<Record<TextColumn, string>>>;
}

/** An order of the cleaned table. */
export interface LoadedOrder {
  readonly line: number;
  readonly date: string;
  readonly customer: string;
  readonly order: string;
  /** Plain decimal number. */
  readonly amount: string;
}

export interface Verdicts {
  readonly loaded: readonly (LoadedOrder & { readonly texts: DoorRecord['texts'] })[];
  /** Why a record is not loaded, by line. */
  readonly reasons: ReadonlyMap<number, string>;
}

const rounded = /^[0-9](\.[0-9]+)?E\+(1[1-9]|[2-9][0-9])$/;

/** What staging makes of the records of one file: its rules said once more, to be compared with a whole run's. */
export function judge(records: readonly DoorRecord[], isLineGrain: boolean): Verdicts {
  const reasons = new Map<number, string>();
  const usable: (LoadedOrder & { texts: DoorRecord['texts'] })[] = [];
  for (const { line, texts } of records) {
    const date = trim(texts.order_date_read || texts.order_date_text);
    const customer = trim(texts.customer_id_text);
    const order = trim(texts.order_id_text);
    const amount = amountOf(trim(texts.sales_read || texts.sales_text));
    const reason =
      texts.set_aside_kind ||
      (texts.date_problem && 'INVALID_DATE') ||
      (!isDay(date) && 'INVALID_DATE') ||
      ((customer === '' || rounded.test(customer)) && 'INVALID_CUSTOMER') ||
      ((order === '' || rounded.test(order)) && 'INVALID_ORDER') ||
      ((texts.sales_problem || amount === undefined || Number(amount) === 0) && 'INVALID_SALES') ||
      '';
    if (reason !== '') reasons.set(line, reason);
    else usable.push({ line, date, customer, order, amount: amount ?? '', texts });
  }
  const owners = new Map<string, Set<string>>();
  for (const { order, customer } of usable) owners.set(order, (owners.get(order) ?? new Set()).add(customer));
  const seen = new Set<string>();
  const loaded = usable.filter(({ line, date, customer, order, amount }) => {
    const key = JSON.stringify([date, customer, order, amount]);
    if (seen.has(key) && !isLineGrain) reasons.set(line, 'DUPLICATE_ROW');
    else if ((owners.get(order)?.size ?? 0) > 1) reasons.set(line, 'ORDER_CONFLICT');
    seen.add(key);
    return !reasons.has(line);
  });
  return { loaded, reasons };
}

/** Of what SQL trims, and no more: a byte order mark, for one, stays. */
function trim(text = ''): string {
  return text.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '');
}

function isDay(text: string): boolean {
  if (!/^(19\d\d|20\d\d|2100)-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A plain number with two decimals or more; undefined for any other text. */
function amountOf(text: string): string | undefined {
  const match = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(text);
  return match === null ? undefined : `${match[1]}${match[2]}.${(match[3] ?? '').padEnd(2, '0')}`;
}
