import type { Reader } from '../../engines/engine.ts';
import { printable } from '../../printable.ts';
import { UnknownCustomerError } from '../../unknown-customer-error.ts';
import { readRows } from './published-row.ts';
import { similarQuery } from './queries.ts';

const MOST_SUGGESTIONS = 3;
/** Longer ids are cut in the message. */
const MOST_CHARACTERS = 80;

/** An error for an id that nobody has, with ids that look like it. */
export async function unknownCustomer(reader: Reader, customerId: string): Promise<UnknownCustomerError> {
  if (customerId.trim() === '') return new UnknownCustomerError('the customer id is empty', []);
  const ids = await similarIds(reader, customerId);
  return new UnknownCustomerError(`there is no customer ${quoted(customerId)}${didYouMean(ids)}`, ids);
}

/** Whether a database can hold the text. */
export function isStorable(customerId: string): boolean {
  return !customerId.includes('\0') && customerId.isWellFormed();
}

async function similarIds(reader: Reader, customerId: string): Promise<string[]> {
  if (!isStorable(customerId)) return [];
  const sql = similarQuery(reader.exactText('customer_id'), MOST_SUGGESTIONS);
  return (await readRows(reader, sql, [customerId.trim()])).map((row) => row.text('exact_customer_id'));
}

function didYouMean(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  const words = ids.map(quoted);
  const last = words.pop();
  return ` (did you mean ${words.length === 0 ? last : `${words.join(', ')} or ${last}`}?)`;
}

function quoted(customerId: string): string {
  return `"${printable(customerId, MOST_CHARACTERS)}"`;
}
