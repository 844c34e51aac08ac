/** Complete months without which nothing is foreseen: each season once, and half a year to test on. */
export const fewestCompleteMonths = 12;
/** Orders in the last twelve of them. */
export const fewestYearlyOrders = 120;

/** What is missing before months can be foreseen, in words; undefined where nothing is. */
export function missingMonths(wholeMonths: number, ordersOfLastYear: number): string | undefined {
  const months = fewestCompleteMonths - wholeMonths;
  const orders = fewestYearlyOrders - ordersOfLastYear;
  if (months > 0) {
    return `${months} more complete month${months === 1 ? ' is' : 's are'} needed: there are ${wholeMonths} of ${fewestCompleteMonths}`;
  }
  if (orders <= 0) return undefined;
  return `${orders} more order${orders === 1 ? ' is' : 's are'} needed: the last 12 complete months have ${ordersOfLastYear} of ${fewestYearlyOrders}`;
}
