import { printable } from '../printable.ts';
import { currencySign } from './currency-sign.ts';
import { isFooterText } from './footer.ts';
import { columnKey } from './mapping/column-name.ts';
import { evaluateNumber, evaluateText } from './mapping/evaluate-expression.ts';
import { columnsOf, type NumberExpression, type TextExpression } from './mapping/expression.ts';
import { customerId, type Layout } from './mapping/layout.ts';
import { compileRules, type RecordOutcome } from './mapping/record-rule.ts';
import type { TextColumn } from './raw-table.ts';
import { isHeaderAgain, isOtherHeader, repeatedHeader } from './repeated-header.ts';
import type { AmountStyle } from './values/amount-style.ts';
import { currencyOf, signMayMean } from './values/currency.ts';
import { type Decimal, formatDecimal, parseDecimal } from './values/decimal.ts';
import { readAmount } from './values/read-amount.ts';
import { type DateRules, readDate } from './values/read-date.ts';

/** How the records of one file are read: everything that was decided about it. */
export interface ReadingRules {
  readonly layout: Layout;
  readonly columns: readonly string[];
  readonly dates: DateRules;
  readonly amounts: AmountStyle;
  /** Records in another currency are set aside. */
  readonly currency?: string;
}

/** The cells of a record by raw column; empty text stands for what is not there. */
export type ReadRecord = Partial<Record<TextColumn, string>> & {
  /** What is wrong with a damaged line; such a line has no cells. */
  readonly malformed?: string;
};

const sayings: Readonly<Record<Exclude<RecordOutcome, 'REFUNDED' | 'RETURN'>, string>> = {
  CANCELLED: 'cancelled',
  FAILED: 'payment failed',
  UNPAID: 'not paid',
  NOT_AN_ORDER: 'not an order',
};

/** Turns the cells of a record into what the raw table holds, by the rules of its file. One for each file. */
export class RecordReader {
  readonly #rules: ReadingRules;
  readonly #outcomeOf: (cells: readonly string[]) => RecordOutcome | undefined;
  readonly #optionalTexts: readonly (readonly [TextColumn, TextExpression | NumberExpression])[];
  readonly #guestIds: ReadonlySet<string>;
  readonly #amountColumns: readonly number[];
  /** Columns that say which record a mended reject takes the place of; -1 for any other file. */
  readonly #amends: { readonly load: number; readonly row: number };
  /** Why the number under way could not be read. */
  #problem: string | undefined;

  /** The header of another table, below which nothing is read until the file's own comes again. */
  #otherHeader: string | undefined;
  #hasOrders = false;

  constructor(rules: ReadingRules) {
    this.#rules = rules;
    const { layout } = rules;
    const { targets } = layout;
    this.#outcomeOf = compileRules(layout.rules);
    this.#guestIds = new Set(layout.guestIds);
    this.#amountColumns = columnsOf(targets.amount);
    const keys = layout.id === 'rejects' ? rules.columns.map(columnKey) : [];
    this.#amends = { load: keys.indexOf('loadid'), row: keys.indexOf('sourcerow') };
    const optional: readonly (readonly [TextColumn, TextExpression | NumberExpression | undefined])[] = [
      ['row_index_text', targets.rowIndex],
      ['line_id_text', targets.line],
      ['product_text', targets.product],
      ['quantity_text', targets.quantity],
      ['unit_price_text', targets.unitPrice],
      ['channel_text', targets.channel],
      ['currency_text', targets.currency],
      ['status_text', targets.status],
      ['discount_text', targets.discount],
      ['country_text', targets.country],
      ['refund_text', targets.refund],
    ];
    this.#optionalTexts = optional.flatMap(([name, expression]) =>
      expression === undefined ? [] : [[name, expression] as const],
    );
  }

  /** The raw columns that records of this file can fill. */
  get filledColumns(): readonly TextColumn[] {
    const always: readonly TextColumn[] = ['order_date_text', 'customer_id_text', 'order_id_text', 'sales_text'];
    const read: readonly TextColumn[] = [
      'order_date_read',
      'sales_read',
      'refund_read',
      'date_problem',
      'sales_problem',
      'set_aside_kind',
      'set_aside_detail',
      ...(this.#amends.load === -1 ? [] : (['amends_load_text', 'amends_row_text'] as const)),
    ];
    return [...this.#optionalTexts.map(([name]) => name), ...always, ...read];
  }

  read(cells: readonly string[]): ReadRecord {
    const record: ReadRecord = {};
    for (const [name, expression] of this.#optionalTexts) record[name] = textOf(expression, cells);
    if (isHeaderAgain(cells, this.#rules.columns)) {
      this.#otherHeader = undefined;
      return Object.assign(record, repeatedHeader);
    }
    this.#readTexts(record, cells);
    if (record.date_problem === undefined) this.#hasOrders = true;
    else if (this.#hasOrders && isOtherHeader(cells, record.order_date_text ?? '')) {
      this.#otherHeader = cells.map((cell) => printable(cell, 20)).join(', ');
    }
    const outcome = this.#outcomeOf(cells);
    this.#readAmounts(record, cells, outcome);
    this.#setAside(record, cells, outcome);
    if (this.#otherHeader !== undefined) {
      record.sales_problem = `below a second header, with other columns: ${this.#otherHeader}`;
    }
    return record;
  }

  /** Whether a record below all orders is none: its first filled cell says so, and it has no date. */
  isFooter(cells: readonly string[], record: ReadRecord): boolean {
    if (record.date_problem === undefined || record.set_aside_kind !== undefined) return false;
    const first = cells.find((cell) => cell.trim() !== '');
    return first !== undefined && isFooterText(first);
  }

  #readTexts(record: ReadRecord, cells: readonly string[]): void {
    const { layout, dates } = this.#rules;
    const { targets } = layout;
    const dateText = evaluateText(targets.date, cells);
    record.order_date_text = dateText;
    const date = readDate(dateText, dates);
    if ('problem' in date) record.date_problem = date.problem;
    else if (date.date !== dateText) record.order_date_read = date.date;
    const customer = evaluateText(targets.customer, cells);
    const isGuest = this.#guestIds.size > 0 && this.#guestIds.has(customer.trim());
    record.customer_id_text = isGuest ? '' : layout.customerRule === 'text' ? customer : customerId(customer, 'email');
    record.order_id_text = evaluateText(targets.order, cells);
    const load = cells[this.#amends.load]?.trim() ?? '';
    const row = cells[this.#amends.row]?.trim() ?? '';
    if (!/^\d{1,9}$/.test(load) || !/^\d{1,15}$/.test(row)) return;
    record.amends_load_text = load;
    record.amends_row_text = row;
  }

  #readAmounts(record: ReadRecord, cells: readonly string[], outcome: RecordOutcome | undefined): void {
    const { amount, refund } = this.#rules.layout.targets;
    record.sales_text = textOf(amount, cells);
    const value = this.#number(amount, cells);
    if (value === 'unreadable') {
      record.sales_problem = this.#problem ?? `"${record.sales_text}" is not an amount`;
      return;
    }
    if (value === undefined) {
      if (record.sales_text.trim() !== '') record.sales_problem = `"${record.sales_text}" is not enough for an amount`;
      return;
    }
    const read = outcome === 'RETURN' && isPositive(value) ? `-${value}` : value;
    if (read !== record.sales_text) record.sales_read = read;
    const given = refund === undefined ? undefined : this.#number(refund, cells);
    if (given === 'unreadable') {
      record.sales_problem = `the refund cannot be read: ${this.#problem ?? record.refund_text ?? ''}`;
    } else if (given !== undefined && !isZero(given)) {
      record.refund_read = given.startsWith('-') ? given.slice(1) : given;
    } else if (outcome === 'REFUNDED' && isPositive(value)) {
      record.refund_read = value;
    }
  }

  /** The number of an expression as plain text. */
  #number(expression: NumberExpression, cells: readonly string[]): string | undefined | 'unreadable' {
    this.#problem = undefined;
    if (expression.root.op !== 'column') {
      const value = evaluateNumber(expression, cells, this.#readNumber);
      return typeof value === 'object' ? formatDecimal(value) : value;
    }
    const text = cells[expression.root.position] ?? '';
    if (text.trim() === '') return undefined;
    const reading = readAmount(text, this.#rules.amounts);
    if ('value' in reading) return reading.value;
    this.#problem = reading.problem;
    return 'unreadable';
  }

  readonly #readNumber = (text: string): Decimal | undefined => {
    const reading = readAmount(text, this.#rules.amounts);
    if ('value' in reading) return parseDecimal(reading.value);
    this.#problem ??= reading.problem;
    return undefined;
  };

  #setAside(record: ReadRecord, cells: readonly string[], outcome: RecordOutcome | undefined): void {
    const { layout, currency, columns } = this.#rules;
    if (outcome !== undefined && outcome !== 'REFUNDED' && outcome !== 'RETURN') {
      const said = layout.rules
        .filter((rule) => rule.outcome === outcome)
        .map(({ column }) => [columns[column], cells[column]?.trim()] as const)
        .find(([, cell]) => cell !== undefined && cell !== '');
      record.set_aside_kind = outcome;
      record.set_aside_detail =
        said === undefined ? sayings[outcome] : `${sayings[outcome]}: ${said[0]} is "${said[1]}"`;
      return;
    }
    if (currency === undefined) return;
    const named = this.#currencyOf(cells);
    if (named === undefined || isSameCurrency(named, currency)) return;
    record.set_aside_kind = 'OTHER_CURRENCY';
    record.set_aside_detail = `the amount is in ${named}, not in ${currency}`;
  }

  #currencyOf(cells: readonly string[]): string | undefined {
    const { currency } = this.#rules.layout.targets;
    if (currency !== undefined) return currencyOf(evaluateText(currency, cells));
    for (const position of this.#amountColumns) {
      const sign = currencySign(cells[position] ?? '');
      if (sign !== undefined) return sign;
    }
    return undefined;
  }
}

function isZero(plainNumber: string): boolean {
  return /^-?[0.]*$/.test(plainNumber);
}

function isPositive(plainNumber: string): boolean {
  return !plainNumber.startsWith('-') && !isZero(plainNumber);
}

/** Whether a currency, or a sign that several share, can be the wanted one: `$` may be any dollar. */
export function isSameCurrency(named: string, wanted: string): boolean {
  return named === wanted || signMayMean(named, wanted);
}

/** The cells of an expression as they came: a single column as it stands, several by name. */
function textOf(expression: TextExpression | NumberExpression, cells: readonly string[]): string {
  if (expression.root.op === 'column') return cells[expression.root.position] ?? '';
  if (expression.kind === 'text') return evaluateText(expression, cells);
  return columnsOf(expression)
    .filter((position) => (cells[position] ?? '') !== '')
    .map((position) => `${expression.header[position]}=${cells[position]}`)
    .join('; ');
}
