import { row, type SaleRow } from '../support/make-shop.ts';
import { HOSTILE_IDS } from '../support/served-sample.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

/** Half of this cohort comes back in the month after. */
export const PLANTED = '2023-11';

/**
 * A shop whose data begins in the middle of its life and ends in the middle of a month, with one cohort that came back more
 * than the others, and customers of hostile names in another.
 */
export function cohortRows(): SaleRow[] {
  const whole = simulatedRows({
    ...{ customers: 5_000, seed: 4, startDate: '2021-01-01', endDate: '2024-12-31' },
    truth: {
      ...{ neverReturnShare: 0.2, meanOrdersPerDay: 0.006, acquisitionGrowthPerMonth: 0, repeatSeasonality: 0 },
      monthFactors: Array(12).fill(1),
    },
  });
  const kept = whole.filter(({ date }) => date >= '2023-01-01' && date <= '2024-12-20');
  const firstDays = new Map<string, string>();
  for (const { customer, date } of kept) {
    const known = firstDays.get(customer);
    if (known === undefined || date < known) firstDays.set(customer, date);
  }
  const again = [...firstDays]
    .filter(([, date], index) => date.startsWith(PLANTED) && index % 2 === 0)
    .map(([customer], index) => row('2023-12-10', customer, `again-${index}`, '55.00'));
  const hostile = HOSTILE_IDS.map((id, index) => row('2024-03-05', id, `hostile-${index}`, 100 + index));
  return [...kept, ...again, ...hostile];
}
