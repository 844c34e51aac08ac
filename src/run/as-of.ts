import type { Workspace } from '../engines/engine.ts';
import { singleValue } from '../engines/result-set.ts';
import { InputError } from '../errors.ts';
import type { Relations } from '../project/relations.ts';

/**
 * The day that counts as today: the given one, or the last date in the clean data. Never the clock.
 * @throws InputError when no record is usable, or all lie after the given day.
 */
export async function findAsOf(workspace: Workspace, relations: Relations, given: string | null): Promise<string> {
  const clean = relations.model('stg_sales_clean');
  const range = await workspace.query(
    `select cast(min(order_date) as varchar), cast(max(order_date) as varchar) from ${clean}`,
  );
  const [first = null, last = null] = range.rows[0] ?? [];
  if (first === null || last === null) throw await noUsableRecord(workspace, relations);
  if (given === null) return String(last);
  if (given < String(first)) {
    throw new InputError(`there is no order up to the as-of date ${given}: the first is of ${first}`, {
      remedy: `give a date from ${first} on, or leave --as-of out`,
    });
  }
  return given;
}

async function noUsableRecord(workspace: Workspace, relations: Relations): Promise<InputError> {
  const rejected = relations.model('stg_sales_rejected');
  const total = singleValue(await workspace.query(`select count(*) from ${rejected}`));
  const reasons = await workspace.query(
    `select reason_code, count(*) as records, min(reason_detail) as example from ${rejected} group by 1 order by 2 desc, 1`,
  );
  const lines = reasons.rows.map(
    ([code, records, example]) => `${code}: ${records} record${records === 1 ? '' : 's'}, for example ${example}`,
  );
  return new InputError(`no usable record among ${total}; nothing was published`, {
    remedy: [
      ...lines,
      'see how the file is understood with: marketing-pipeline profile FILE',
      'orders without a customer count as customers of their own with --guests separate',
    ],
  });
}
