import type { ColumnType, Row, Value } from '../engines/result-set.ts';
import type { Answer } from '../server/answer.ts';

/** How single customers appear in a report: not at all, as "customer 1", or with the ids of the data. */
export const CUSTOMER_DETAILS = ['none', 'pseudonyms', 'ids'] as const;
export type CustomerDetail = (typeof CUSTOMER_DETAILS)[number];

/** The same for readers of the report. */
export const CUSTOMER_WORDS: Readonly<Record<CustomerDetail, string>> = {
  none: 'No customer is named: all figures are of groups.',
  pseudonyms: 'Customers are numbered; their ids are left out.',
  ids: 'It holds ids of customers, as they stand in the data: personal data.',
};

/** Columns that tell one customer from the others, whatever the table. */
const CUSTOMER_COLUMNS: ReadonlySet<string> = new Set(['customer_id', 'customer_key']);

/** Columns that can repeat what a record of the input, and so a person, is called. */
const RECORD_COLUMNS: ReadonlySet<string> = new Set([
  'order_id',
  'order_key',
  'raw_text',
  'reason_detail',
  'error_message',
]);

/** Takes out of answers what a report must not tell of single customers. */
export class CustomerCloak {
  readonly #detail: CustomerDetail;
  /** The same customer has the same number throughout the report. */
  readonly #numbers = new Map<string, number>();

  constructor(detail: CustomerDetail) {
    this.#detail = detail;
  }

  cover(answer: Answer): Answer {
    if (this.#detail === 'ids') return answer;
    const covers = answer.columns.map(({ name, type }) => this.#coverOf(name, type));
    if (covers.every((cover) => cover === undefined)) return answer;
    const rows = answer.rows.map((row): Row => row.map((value, position) => (covers[position] ?? asItIs)(value)));
    return { ...answer, rows };
  }

  #coverOf(name: string, type: ColumnType): Cover | undefined {
    if (RECORD_COLUMNS.has(name)) return () => null;
    if (!CUSTOMER_COLUMNS.has(name)) return undefined;
    return this.#detail === 'pseudonyms' && type === 'text' ? (value) => this.#pseudonym(value) : () => null;
  }

  #pseudonym(value: Value): Value {
    if (value === null) return null;
    const id = String(value);
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return `customer ${number}`;
  }
}

type Cover = (value: Value) => Value;

const asItIs: Cover = (value) => value;
