import { useLayoutEffect, useRef } from 'react';
import classes from './heatmap.module.css';

interface CellTipProps {
  readonly id: string;
  readonly text: string;
  /** The cell; undefined while none is pointed at. */
  readonly target: HTMLElement | undefined;
}

const GAP = 6;

/** What is said of a cell, next to it; one for the whole heatmap, whose cells all refer to it. */
export function CellTip({ id, text, target }: CellTipProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const tip = element.current;
      if (tip === null || target === undefined) return;
      const cell = target.getBoundingClientRect();
      const { width, height } = tip.getBoundingClientRect();
      const fits = cell.bottom + GAP + height <= window.innerHeight;
      const left = cell.left + cell.width / 2 - width / 2;
      tip.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
      tip.style.top = `${fits ? cell.bottom + GAP : Math.max(GAP, cell.top - height - GAP)}px`;
    };
    place();
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [target]);
  return (
    <div ref={element} id={id} role="tooltip" className={classes.tip} hidden={target === undefined}>
      {text}
    </div>
  );
}
