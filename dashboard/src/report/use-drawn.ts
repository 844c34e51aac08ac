import { useEffect } from 'react';
import { fitPaper } from './fit-paper.ts';
import { nameLandmarks } from './name-landmarks.ts';

const LOOK_AGAIN_MS = 100;
/** As often in a row must nothing be on its way. */
const TIMES = 3;

/** Says on the document when every answer is drawn, and fits the paper if it is meant for it, for whoever prints it (`data-drawn`). */
export function useDrawn(isForPaper: boolean): void {
  useEffect(() => {
    let quiet = 0;
    const timer = setInterval(() => {
      quiet = document.querySelector('[role=status][aria-label=Loading]') === null ? quiet + 1 : 0;
      if (quiet < TIMES) return;
      clearInterval(timer);
      nameLandmarks(document.body);
      if (isForPaper) fitPaper(document.body);
      document.documentElement.setAttribute('data-drawn', '');
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isForPaper]);
}
