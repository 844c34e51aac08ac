import { join } from 'node:path';
import type { QueryOptions, Reader } from '../../engines/engine.ts';
import { writeText } from '../../engines/write-text.ts';
import { csvRecord, isFormula, withoutFormula } from '../csv-record.ts';
import { sealFile } from '../seal-file.ts';
import type { CampaignFile, LeftOut, LeftOutReason } from './campaign-export-types.ts';
import type { CampaignList } from './campaign-lists.ts';
import type { CampaignPlatform, Contact, PlatformColumn } from './platform.ts';
import { readContacts } from './read-contacts.ts';
import type { SamePerson } from './same-person.ts';

export interface ListWriting {
  /** Where the file is made. */
  readonly folder: string;
  readonly platform: CampaignPlatform;
  readonly exact: boolean;
  readonly reader: Reader;
  readonly persons: SamePerson;
  readonly options: QueryOptions;
}

export interface WrittenList {
  readonly file: CampaignFile;
  readonly leftOut: readonly LeftOut[];
}

/** Writes one list as CSV; memory does not grow with its customers. */
export async function writeList(list: CampaignList, writing: ListWriting): Promise<WrittenList> {
  const { folder, platform, exact, reader, persons, options } = writing;
  const { fileName: name, campaignType, group } = list;
  const columns = (group === 'target' ? platform.columns : platform.controlColumns) ?? [];
  const counts = new Map<LeftOutReason, number>();
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    yield csvRecord(columns.map((column) => column.name));
    for await (const contacts of readContacts(reader, { campaignType, campaignGroup: group }, options)) {
      let text = '';
      for (const contact of contacts) {
        const reason = objection(contact, columns, writing) ?? persons.objection(contact);
        if (reason === undefined) {
          text += csvRecord(columns.map((column) => cell(column, contact, exact)));
          rows++;
        } else counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
      yield text;
    }
  }
  const path = join(folder, name);
  await writeText(path, lines());
  const leftOut = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    file: { name, campaignType, group, rows, ...(await sealFile(path)) },
    leftOut: leftOut.map(([reason, customers]) => ({ campaignType, group, reason, customers })),
  };
}

function objection(
  contact: Contact,
  columns: readonly PlatformColumn[],
  { platform, exact }: ListWriting,
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
