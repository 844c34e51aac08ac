import type { Evidence } from '../analytics/evidence/evidence.ts';
import type { CodeModelContext } from '../project/model.ts';
import type { ShopFigures } from './shop-figures.ts';
import type { Words } from './words.ts';

/** What is printed of a comparison that is reported. */
export interface Story {
  /** One line. */
  readonly title: string;
  /** Plain words, with what it does not say. */
  readonly description: string;
  readonly recommendation: string;
}

interface Comparison {
  /** Unique within a run. */
  readonly key: string;
  readonly type: string;
  /** What is compared with what, in words. */
  readonly comparison: string;
  /** Unit of the effect. */
  readonly unit: string;
  /** Gives the figures, over the published tables. */
  readonly evidenceSql: string;
  /** Not reported where one of these is: they say it more precisely. */
  readonly saidBy?: readonly string[];
}

/** A comparison that was tried. */
export interface TriedCandidate extends Comparison {
  readonly evidence: Evidence;
  /** P-value of the group it belongs to, where it is not reported unless the group differs too. Asked for besides the correction. */
  readonly gate?: number;
  /** Money at stake in the shop's currency, 0 or more. */
  readonly money: number;
  readonly story: Story;
}

/** A comparison for which there is too little data. */
export interface UntriedCandidate extends Comparison {
  readonly evidence: null;
  /** Why, in words. */
  readonly notTried: string;
}

export type Candidate = TriedCandidate | UntriedCandidate;

/** What generators of candidates and facts are given. */
export interface InsightContext extends Pick<CodeModelContext, 'query' | 'ref' | 'published' | 'vars'> {
  readonly words: Words;
  readonly shop: ShopFigures;
}

export type CandidateGenerator = (context: InsightContext) => Promise<readonly Candidate[]>;

/** Something worth knowing that is not compared with anything: no p-value, not counted as a comparison. */
export interface Fact extends Story {
  readonly type: string;
  readonly value: number;
  readonly unit: string;
  /** Money at stake; null where none can be named. */
  readonly money: number | null;
  readonly evidenceSql: string;
}

export type FactGenerator = (context: InsightContext) => Promise<readonly Fact[]>;

/** A setting that is a number. */
export const numberOf = ({ vars }: Pick<CodeModelContext, 'vars'>, name: string): number => Number(vars.get(name));

/** A table by its name, where queries of a run find it or where readers of the published data do. */
export type Relation = (name: string) => string;
