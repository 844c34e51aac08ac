import { recomputed } from './cdnow-figures.ts';
import { type ComparedFigure, compareFigure, compareValue } from './published-figure.ts';
import { publishedFigures } from './published-figures.ts';
import { recordedFigures } from './recorded-figures.ts';

/** A published figure beside ours, and whether ours was computed just now or before, from a log that is not here. */
export interface ShownFigure extends ComparedFigure {
  readonly isRecorded: boolean;
}

/** Every figure of the literature beside ours, in the order of the papers. No file is needed. */
export function paperAgainstOurs(): ShownFigure[] {
  const recorded = publishedFigures.cdnow
    .filter(({ source }) => source !== recomputed)
    .map((figure) => {
      const ours = recordedFigures[figure.source]?.[figure.item] ?? Number.NaN;
      return { ...compareValue(figure, ours), isRecorded: true };
    });
  const computed = publishedFigures.single.map((figure) => ({
    ...compareFigure(figure, undefined),
    isRecorded: false,
  }));
  return [...recorded, ...computed];
}
