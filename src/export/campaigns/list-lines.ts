import type { QueryOptions, Reader } from '../../engines/engine.ts';
import { csvRecord, isFormula, withoutFormula } from '../csv-record.ts';
import type { LeftOutReason } from './campaign-export-types.ts';
import type { CampaignList } from './campaign-lists.ts';
import type { CampaignPlatform, Contact, PlatformColumn } from './platform.ts';
import { readContacts } from './read-contacts.ts';
import type { SamePerson } from './same-person.ts';

export interface ListReading {
  readonly platform: CampaignPlatform;
  readonly exact: boolean;
  readonly reader: Reader;
  readonly persons: SamePerson;
  readonly options: QueryOptions;
}

/** Who of a list is written and who is not, counted while it is read. */
export interface ListCounts {
  rows: number;
  readonly leftOut: Map<LeftOutReason, number>;
}

/** One list as CSV, in pieces: the header first. Memory does not grow with its customers. */
export async function* listLines(
  { campaignType, group }: Pick<CampaignList, 'campaignType' | 'group'>,
  reading: ListReading,
  counts: ListCounts,
): AsyncGenerator<string> {
  const { platform, exact, reader, persons, options } = reading;
  const columns = (group === 'target' ? platform.columns : platform.controlColumns) ?? [];
  yield csvRecord(columns.map((column) => column.name));
  for await (const contacts of readContacts(reader, { campaignType, campaignGroup: group }, options)) {
    let text = '';
    for (const contact of contacts) {
      const reason = objection(contact, columns, reading) ?? persons.objection(contact);
      if (reason === undefined) {
        text += csvRecord(columns.map((column) => cell(column, contact, exact)));
        counts.rows++;
      } else counts.leftOut.set(reason, (counts.leftOut.get(reason) ?? 0) + 1);
    }
    yield text;
  }
}

function objection(
  contact: Contact,
  columns: readonly PlatformColumn[],
  { platform, exact }: ListReading,
): LeftOutReason | undefined {
  if (platform.identityOf(contact) === undefined) return 'no address';
  if (exact) return undefined;
  const isBroken = ({ isKey, value }: PlatformColumn) => isKey === true && isFormula(String(value(contact) ?? ''));
  return columns.some(isBroken) ? 'formula' : undefined;
}

function cell({ isText, isKey, value }: PlatformColumn, contact: Contact, exact: boolean) {
  const content = value(contact);
  return exact || isKey === true || !isText || typeof content !== 'string' ? content : withoutFormula(content);
}
