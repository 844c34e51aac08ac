/** One group of a comparison of shares. */
export interface Share {
  readonly successes: number;
  readonly total: number;
}

export interface HomogeneityTest {
  /** Pearson's chi-square statistic. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Probability of differences at least this large if all groups had the same share. */
  readonly pValue: number;
}

/**
 * Pearson's test that all groups have the same share. Undefined where there is nothing to test: fewer than two groups
 * with members, or no success or no failure at all.
 */
export async function testHomogeneity(groups: readonly Share[]): Promise<HomogeneityTest | undefined> {
  const members = groups.filter(({ total }) => total > 0);
  const total = members.reduce((sum, group) => sum + group.total, 0);
  const successes = members.reduce((sum, group) => sum + group.successes, 0);
  if (members.length < 2 || successes === 0 || successes === total) return undefined;
  const share = successes / total;
  const statistic = members.reduce((sum, group) => {
    const expected = group.total * share;
    return sum + (group.successes - expected) ** 2 / (expected * (1 - share));
  }, 0);
  const degreesOfFreedom = members.length - 1;
  // Loaded here because it takes longer to load than everything else in a short command.
  const { gammaAbove } = await import('./numeric/gamma-distribution.ts');
  return { statistic, degreesOfFreedom, pValue: gammaAbove(statistic / 2, degreesOfFreedom / 2) };
}
