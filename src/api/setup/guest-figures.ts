import { examineSource } from '../../ingest/examine-source.ts';
import type { ScanOptions } from '../../ingest/scan-options.ts';
import { readRecords } from '../../ingest/scan-source.ts';
import type { SourceFile } from '../../ingest/source-file.ts';
import { add, type Decimal, formatDecimal, parseDecimal } from '../../ingest/values/decimal.ts';

/** The orders of a file that have no customer. */
export interface GuestFigures {
  readonly records: number;
  /** Their money as plain text, where it can be read. */
  readonly amount: string;
}

/** Reads a file once more and adds up what it has without a customer; what is set aside does not count. */
export async function guestFigures(file: SourceFile, options: ScanOptions): Promise<GuestFigures> {
  const examined = await examineSource(file, options, true);
  let records = 0;
  let sum: Decimal = { units: 0n, scale: 2 };
  await readRecords(file, examined, undefined, (record) => {
    if (record.malformed !== undefined || record.set_aside_kind !== undefined) return;
    if ((record.customer_id_text ?? '').trim() !== '' || record.date_problem !== undefined) return;
    if ((record.sales_text ?? '').trim() === '') return;
    records++;
    const amount = parseDecimal((record.sales_read ?? record.sales_text ?? '').trim());
    if (amount !== undefined && record.sales_problem === undefined) sum = add(sum, amount);
  });
  return { records, amount: formatDecimal(sum) };
}
