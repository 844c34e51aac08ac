import type { CodeModelContext } from '../project/model.ts';

/** A row of the table `backtest_cuts`. */
export interface BacktestCut {
  readonly date: string;
  readonly role: 'score' | 'evaluate' | 'train';
  readonly daysBefore: number;
  readonly horizonDays: number;
}

/** The days on which predictions are made and tested, latest first. */
export async function readBacktestCuts({
  query,
  ref,
}: Pick<CodeModelContext, 'query' | 'ref'>): Promise<BacktestCut[]> {
  const rows = await query(`
    select cast(cut_date as varchar) as cut_date, cut_role, days_before, horizon_days
    from ${ref('backtest_cuts')} order by days_before`);
  return rows.map((row) => ({
    ...{ date: String(row.cut_date), daysBefore: Number(row.days_before), horizonDays: Number(row.horizon_days) },
    role: row.cut_role === 'score' || row.cut_role === 'evaluate' ? row.cut_role : 'train',
  }));
}
