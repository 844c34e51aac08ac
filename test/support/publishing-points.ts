import type { EngineName } from '../../src/engines/engine.ts';
import { testEngine } from './engines.ts';

interface PublishingPoints {
  /** What the engine tells while it publishes, in order. */
  readonly all: readonly string[];
  /** A point at which readers still see the old data. */
  readonly unpublished: string;
  /** The first at which they see the new data. */
  readonly published: string;
}

const POINTS: Readonly<Record<EngineName, PublishingPoints>> = {
  duckdb: {
    all: [
      'manifest written',
      'pointer prepared',
      'pointer moved',
      'link staging.duckdb moved',
      'link warehouse.duckdb moved',
      'link business.duckdb moved',
    ],
    unpublished: 'manifest written',
    published: 'pointer moved',
  },
  postgres: {
    all: ['published tables locked', 'layers renamed', 'publishing committed'],
    unpublished: 'layers renamed',
    published: 'publishing committed',
  },
};

/** Of the engine that the tests run on. */
export const publishingPoints = POINTS[testEngine()];
