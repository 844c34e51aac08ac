import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { echarts } from '../charts/echarts.ts';

/**
 * Whether the report is being printed, or was made to be: then it has the colours and the width of paper, and everything
 * is drawn before the browser takes its picture.
 */
export function usePaper(isForPaper: boolean): boolean {
  const [isPrinting, setIsPrinting] = useState(isForPaper);
  useEffect(() => {
    const turn = (isOn: boolean) => {
      flushSync(() => setIsPrinting(isOn || isForPaper));
      // The browser prints at once: charts are not told in time that their width is another one.
      for (const element of document.querySelectorAll<HTMLElement>('[data-chart]')) {
        echarts.getInstanceByDom(element)?.resize();
      }
    };
    const begin = () => turn(true);
    const end = () => turn(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, [isForPaper]);
  return isPrinting;
}
