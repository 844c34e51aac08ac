import type { QueryOptions, Reader } from '../../engines/engine.ts';
import type { Row } from '../../engines/result-set.ts';
import { emailOf } from './email-address.ts';
import type { Contact } from './platform.ts';

const TEXTS = ['customer_id', 'campaign_type', 'campaign_group', 'customer_segment', 'reason', 'recommended_action'];
const AMOUNTS = ['estimated_value', 'historic_value'];

/** The columns of `campaign_targets` that lists are made of. */
export const CONTACT_COLUMNS = [...TEXTS, ...AMOUNTS, 'priority_level', 'days_since_last_order'];

const TABLE = 'campaign_targets';
const ORDER = ['campaign_type', 'priority_level', 'estimated_value desc', 'customer_id'];

/** Rows of one campaign and group, or rows whose ids may be one person's. */
export interface ContactFilter {
  readonly campaignType: string;
  readonly campaignGroup: string;
}

/** The contacts of one list, most urgent first, in chunks. */
export async function* readContacts(
  reader: Reader,
  { campaignType, campaignGroup }: ContactFilter,
  options: QueryOptions,
): AsyncGenerator<Contact[]> {
  const where = `campaign_type = ${literal(campaignType)} and campaign_group = ${literal(campaignGroup)}`;
  yield* contacts(reader, `where ${where}`, options);
}

/**
 * The contacts of all lists whose ids may be the address of one person: equal without case, white space, dots, and what
 * follows a `+`. No platform tells fewer people apart.
 */
export async function* readLookAlikes(reader: Reader, options: QueryOptions): AsyncGenerator<Contact[]> {
  const key = `lower(replace(split_part(split_part(${bare('customer_id')}, '@', 1), '+', 1), '.', '')) || '@' || lower(split_part(${bare('customer_id')}, '@', 2))`;
  const several = `select ${key} from business.${TABLE} where customer_id like '%@%' group by 1 having count(*) > 1`;
  yield* contacts(reader, `where customer_id like '%@%' and ${key} in (${several})`, options);
}

function bare(column: string): string {
  return `regexp_replace(${column}, '\\s', '', 'g')`;
}

async function* contacts(reader: Reader, where: string, options: QueryOptions): AsyncGenerator<Contact[]> {
  const columns = CONTACT_COLUMNS.map((name) => {
    if (TEXTS.includes(name)) return `${reader.exactText(name)} as ${name}`;
    return AMOUNTS.includes(name) ? `cast(${name} as varchar) as ${name}` : name;
  });
  // With the table's name, because a column that was made text would be sorted as text.
  const order = ORDER.map((term) => `${TABLE}.${term}`).join(', ');
  const sql = `select ${columns.join(', ')} from business.${TABLE} ${where} order by ${order}`;
  for await (const { rows } of reader.stream(sql, options)) if (rows.length > 0) yield rows.map(toContact);
}

function toContact(row: Row): Contact {
  const cell = (name: string) => row[CONTACT_COLUMNS.indexOf(name)] ?? null;
  const customerId = String(cell('customer_id'));
  return {
    customerId,
    email: emailOf(customerId),
    campaignType: String(cell('campaign_type')),
    campaignGroup: String(cell('campaign_group')),
    customerSegment: cell('customer_segment'),
    priorityLevel: cell('priority_level'),
    estimatedValue: cell('estimated_value'),
    historicValue: cell('historic_value'),
    daysSinceLastOrder: cell('days_since_last_order'),
    reason: cell('reason'),
    recommendedAction: cell('recommended_action'),
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
