import betainc from '@stdlib/math-base-special-betainc';

/** P(X <= most) for X ~ Binomial(trials, chance), by the regularised incomplete beta function (DLMF 8.17.5). */
export function binomialAtMost(most: number, trials: number, chance: number): number {
  if (most < 0) return 0;
  if (most >= trials || chance <= 0) return 1;
  if (chance >= 1) return 0;
  return betainc(1 - chance, trials - most, most + 1);
}
