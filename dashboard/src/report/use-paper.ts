import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { fitPaper, unfitPaper } from './fit-paper.ts';

/**
 * Whether the report is being printed, or was made to be: then it has the colours and the width of paper, and everything
 * is drawn before the browser takes its picture, which it does at once.
 */
export function usePaper(isForPaper: boolean): boolean {
  const [isPrinting, setIsPrinting] = useState(isForPaper);
  useEffect(() => {
    const begin = () => {
      flushSync(() => setIsPrinting(true));
      fitPaper(document.body);
    };
    const end = () => {
      flushSync(() => setIsPrinting(isForPaper));
      if (!isForPaper) unfitPaper(document.body);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, [isForPaper]);
  return isPrinting;
}
