import { defaultRangeExtractor, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useState } from 'react';
import { flushSync } from 'react-dom';
import { ScrollScale } from './scroll-scale.ts';

interface ScaledRows {
  /** Height of the element that holds the rows. */
  readonly height: number;
  /** Rows to draw, and where in that element. */
  readonly rows: readonly { readonly index: number; readonly top: number }[];
  /** First and last row of them that is not only kept for its focus. */
  readonly range: readonly [first: number, last: number];
  /** The row at the top of what is seen. */
  topRow(): number;
  scrollToRow(index: number): void;
}

interface ScaledRowsOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly rowHeight: number;
  /** Height of what stands above the first row. */
  readonly headHeight: number;
  /** A row that stays drawn wherever the list is scrolled, because something in it has the focus. */
  readonly kept: number | undefined;
}

/** The rows of a list of any length that are to be drawn; see ScrollScale. */
export function useScaledRows({ scroller, count, rowHeight, headHeight, kept }: ScaledRowsOptions): ScaledRows {
  const [scale] = useState(() => new ScrollScale());
  const [shift, setShift] = useState(0);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return kept === undefined || kept >= count || shown.includes(kept) ? shown : [...shown, kept];
    },
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (scrollTop, isScrolling) => {
        const position = scale.moved(scrollTop);
        setShift(scale.shift);
        report(position, isScrolling);
        if (isScrolling) return;
        const right = scale.settled();
        if (right === undefined) return;
        flushSync(() => setShift(scale.shift));
        scroller.current?.scrollTo({ top: right });
      }),
    scrollToFn: (position) => scroller.current?.scrollTo({ top: scale.goTo(position) }),
  });
  scale.resize(count * rowHeight, (virtualizer.scrollRect?.height ?? 0) - headHeight);
  const items = virtualizer.getVirtualItems();
  const shown = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  return {
    height: scale.height,
    rows: items.map(({ index, start }) => ({ index, top: start + shift })),
    range: [shown.startIndex, shown.endIndex],
    topRow: () => Math.round((virtualizer.scrollOffset ?? 0) / rowHeight),
    scrollToRow: (index) => {
      scroller.current?.scrollTo({ top: scale.goTo(index * rowHeight) });
      setShift(scale.shift);
    },
  };
}
