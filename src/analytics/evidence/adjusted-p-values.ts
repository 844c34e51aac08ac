/**
 * P-values corrected for the number of comparisons: to report those of at most `q` keeps the expected share of false findings among
 * the reported at or below `q`. Source: Benjamini and Hochberg 1995, as adjusted p-values (Yekutieli and Benjamini 1999).
 */
export function adjustedPValues(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0) || b - a);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  order.forEach((index, position) => {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * pValues.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
