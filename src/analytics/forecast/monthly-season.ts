const monthsOfYear = 12;
/** Full years that a season needs: with one year it cannot be told from chance. */
export const seasonYears = 2;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * How much each month of the year lies above the mean of its year, as logarithms, from the full years at the end of a series of
 * logarithms; the first value is of the month `firstMonth` of the year, 0 for January. Twelve zeros where there are not two full years.
 *
 * The common slope of the years is taken off first. What is left differs from year to year by chance; the factors are drawn towards 0 by
 * the share of their variance that chance explains (James and Stein 1961), so that a year's noise does not become a season.
 */
export function monthlySeason(logarithms: readonly number[], firstMonth: number): readonly number[] {
  const flat = Array.from({ length: monthsOfYear }, () => 0);
  const years = Math.floor(logarithms.length / monthsOfYear);
  if (years < seasonYears) return flat;
  const skipped = logarithms.length - years * monthsOfYear;
  const used = logarithms.slice(skipped);
  const yearly = used.slice(monthsOfYear).map((value, i) => value - (used[i] ?? 0));
  const slope = mean(yearly) / monthsOfYear;
  const blocks = Array.from({ length: years }, (_, year) => {
    const block = used.slice(year * monthsOfYear, (year + 1) * monthsOfYear).map((value, i) => value - slope * i);
    const level = mean(block);
    return block.map((value) => value - level);
  });
  const means = flat.map((_, i) => mean(blocks.map((block) => block[i] ?? 0)));
  const freedom = (years - 1) * (monthsOfYear - 1);
  const squares = blocks.flatMap((block) => block.map((value, i) => (value - (means[i] ?? 0)) ** 2));
  const chance = squares.reduce((sum, square) => sum + square, 0) / freedom / years;
  const spread = means.reduce((sum, value) => sum + value * value, 0) / (monthsOfYear - 1);
  const kept = spread > 0 ? Math.max(0, 1 - (chance * (monthsOfYear - 3)) / (monthsOfYear - 1) / spread) : 0;
  const season = flat.slice();
  for (const [i, value] of means.entries()) season[(firstMonth + skipped + i) % monthsOfYear] = kept * value;
  return season;
}
