import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Whether the report is being printed, or was made to be: then it has the colours and the width of paper, and everything
 * is drawn before the browser takes its picture.
 */
export function usePaper(isForPaper: boolean): boolean {
  const [isPrinting, setIsPrinting] = useState(isForPaper);
  useEffect(() => {
    const turn = (isOn: boolean) => flushSync(() => setIsPrinting(isOn || isForPaper));
    const begin = () => turn(true);
    const end = () => turn(false);
    // Before the charts, which measure themselves at the same event.
    window.addEventListener('beforeprint', begin, { capture: true });
    window.addEventListener('afterprint', end, { capture: true });
    return () => {
      window.removeEventListener('beforeprint', begin, { capture: true });
      window.removeEventListener('afterprint', end, { capture: true });
    };
  }, [isForPaper]);
  return isPrinting;
}
