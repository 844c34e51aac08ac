import { useEffect } from 'react';

const LOOK_AGAIN_MS = 100;
/** As often in a row must nothing be on its way. */
const TIMES = 3;

/** Says on the document when every answer is drawn, for whoever prints it (`data-drawn`). */
export function useDrawn(): void {
  useEffect(() => {
    let quiet = 0;
    const timer = setInterval(() => {
      quiet = document.querySelector('[role=status][aria-label=Loading]') === null ? quiet + 1 : 0;
      if (quiet < TIMES) return;
      document.documentElement.setAttribute('data-drawn', '');
      clearInterval(timer);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
}
