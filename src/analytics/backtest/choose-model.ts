import type { HoldoutScore } from './log-score.ts';

/** A model with what it achieved on each cut. */
export interface Candidate {
  readonly name: string;
  readonly title: string;
  readonly parameters: number;
  readonly scores: readonly HoldoutScore[];
}

export interface Choice {
  readonly name: string;
  readonly reason: string;
}

/** Log-likelihoods of all held-out customers that differ by less cannot tell two models apart. */
const sameScore = 0.5;

const total = ({ scores }: Candidate): number =>
  scores.reduce((sum, { customers, logScore }) => sum + customers * logScore, 0);

/** Mean log score over all customers of all cuts. */
export function meanLogScore({ scores }: Candidate): number {
  const customers = scores.reduce((sum, score) => sum + score.customers, 0);
  return customers === 0 ? 0 : total({ scores } as Candidate) / customers;
}

/**
 * The model that foresaw past purchases best, by the sum of its logarithmic scores over all cuts; the simpler one of two that cannot
 * be told apart. Undefined without candidates.
 */
export function chooseModel(candidates: readonly Candidate[]): Choice | undefined {
  const ranked = candidates.toSorted((a, b) => total(b) - total(a));
  const [best] = ranked;
  if (best === undefined) return undefined;
  const equals = ranked.filter((candidate) => total(best) - total(candidate) < sameScore);
  const chosen = equals.toSorted((a, b) => a.parameters - b.parameters)[0] ?? best;
  const others = ranked.filter((candidate) => candidate !== chosen);
  const score = (candidate: Candidate) => `${candidate.title} ${meanLogScore(candidate).toFixed(4)}`;
  const cuts = `${best.scores.length} past day${best.scores.length === 1 ? '' : 's'}`;
  const against = others.length === 0 ? 'the only model of its own' : `against ${others.map(score).join(', ')}`;
  return {
    name: chosen.name,
    reason: `foresaw purchases after ${cuts} best: mean log score ${score(chosen)}, ${against}`,
  };
}
