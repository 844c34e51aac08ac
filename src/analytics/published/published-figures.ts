import type { CdnowEvidence } from './cdnow-evidence.ts';
import { cdnowFigures } from './cdnow-figures.ts';
import type { PublishedFigure } from './published-figure.ts';
import { singleEvaluations } from './single-evaluations.ts';

/** What `verify` computes again. */
export interface FigureTables {
  /** Need no data. */
  readonly single: readonly PublishedFigure<unknown>[];
  /** Need the log of CDNOW. */
  readonly cdnow: readonly PublishedFigure<CdnowEvidence>[];
}

export const publishedFigures: FigureTables = { single: singleEvaluations, cdnow: cdnowFigures };
