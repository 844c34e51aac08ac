import { join } from 'node:path';
import { writeText } from '../../engines/write-text.ts';
import { sealFile } from '../seal-file.ts';
import type { CampaignFile, LeftOut } from './campaign-export-types.ts';
import type { CampaignList } from './campaign-lists.ts';
import { type ListCounts, type ListReading, listLines } from './list-lines.ts';

export interface ListWriting extends ListReading {
  /** Where the file is made. */
  readonly folder: string;
}

export interface WrittenList {
  readonly file: CampaignFile;
  readonly leftOut: readonly LeftOut[];
}

/** Writes one list as CSV; memory does not grow with its customers. */
export async function writeList(list: CampaignList, { folder, ...reading }: ListWriting): Promise<WrittenList> {
  const { fileName: name, campaignType, group } = list;
  const counts: ListCounts = { rows: 0, leftOut: new Map() };
  const path = join(folder, name);
  await writeText(path, listLines(list, reading, counts));
  const leftOut = [...counts.leftOut].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    file: { name, campaignType, group, rows: counts.rows, ...(await sealFile(path)) },
    leftOut: leftOut.map(([reason, customers]) => ({ campaignType, group, reason, customers })),
  };
}
