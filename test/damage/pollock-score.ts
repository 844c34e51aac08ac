import type { Door } from './door.ts';
import type { PollutedFile } from './pollock.ts';
import { orderRows } from './pollock-orders.ts';

/** What became of a polluted file. `altered`: a loaded row equals no clean row. `vanished`: a row is gone and no reject covers it. */
export type Verdict = 'exact' | 'rejected' | 'altered' | 'vanished';

export interface FileScore {
  readonly file: PollutedFile;
  readonly verdict: Verdict;
  readonly alteredRows: number;
  readonly vanishedRows: number;
  /** Clean rows that are not loaded, with a reason. */
  readonly rejectedRows: number;
  /** For people: the refusal, or the first altered row. */
  readonly detail: string;
}

/** Columns of the raw table that hold what is beside date, customer, order and amount, in the order of the clean table. */
const otherColumns = ['product_text', 'quantity_text', 'country_text', 'status_text'] as const;

/** Lets a polluted file through the door and compares what is loaded with the clean table, record by record. */
export async function scoreFile(door: Door, file: PollutedFile): Promise<FileScore> {
  const outcome = await door.take(file.content);
  const present = orderRows.map((_, row) => row).filter((row) => file.lineOfRow[row] !== 0);
  if (outcome.kind === 'refused') {
    const detail = outcome.error.message;
    return { file, verdict: 'rejected', alteredRows: 0, vanishedRows: 0, rejectedRows: present.length, detail };
  }
  // Only what staging takes over; columns that the header did not make known are nobody's loss.
  const known = otherColumns.filter((column) => outcome.source.recordColumns.includes(column));
  const missing = new Map(present.map((row) => [cleanText(orderRows[row] ?? [], known), row]));
  const altered: string[] = [];
  for (const { date, customer, order, amount, texts } of outcome.loaded) {
    const loaded = JSON.stringify([date, customer, order, amount, ...known.map((column) => texts[column]?.trim())]);
    if (!missing.delete(loaded)) altered.push(loaded);
  }
  const rest = [...missing.values()];
  const vanished = rest.filter((row) => !outcome.reasons.has(file.lineOfRow[row] ?? 0));
  const verdict =
    altered.length > 0
      ? 'altered'
      : vanished.length > 0
        ? 'vanished'
        : outcome.reasons.size > 0 || rest.length > 0
          ? 'rejected'
          : 'exact';
  const [firstReason] = outcome.reasons.values();
  return {
    file,
    verdict,
    alteredRows: altered.length,
    vanishedRows: vanished.length,
    rejectedRows: rest.length - vanished.length,
    detail: altered[0] ?? firstReason ?? '',
  };
}

function cleanText(cells: readonly string[], known: readonly (typeof otherColumns)[number][]): string {
  const [order, date, customer, sales, ...others] = cells;
  return JSON.stringify([date, customer, order, sales, ...known.map((column) => others[otherColumns.indexOf(column)])]);
}

export async function scoresOf(door: Door, files: Iterable<PollutedFile>): Promise<FileScore[]> {
  const scores: FileScore[] = [];
  for (const file of files) scores.push(await scoreFile(door, file));
  return scores;
}

/** Whether one line of the file is polluted, not the file as a whole. */
export function isOnLine({ name }: PollutedFile): boolean {
  return name.startsWith('line ');
}

/** A score in words, for messages. */
export function told({ file, detail }: FileScore): string {
  return `${file.pollution}, ${file.name}: ${detail}`;
}

export interface PollutionTotals {
  files: number;
  exact: number;
  rejected: number;
  altered: number;
  vanished: number;
  alteredRows: number;
  vanishedRows: number;
}

/** Counts of files, and of altered and vanished rows, by pollution. */
export function totalsOf(scores: readonly FileScore[]): Map<string, PollutionTotals> {
  const totals = new Map<string, PollutionTotals>();
  for (const { file, verdict, alteredRows, vanishedRows } of scores) {
    const zero = { files: 0, exact: 0, rejected: 0, altered: 0, vanished: 0, alteredRows: 0, vanishedRows: 0 };
    const total = totals.get(file.pollution) ?? zero;
    total.files++;
    total[verdict]++;
    total.alteredRows += alteredRows;
    total.vanishedRows += vanishedRows;
    totals.set(file.pollution, total);
  }
  return totals;
}
