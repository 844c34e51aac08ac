import { useMemo } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { UNKNOWN } from '../../format/format.ts';

/** Short numbers without their unit, which the caption tells; as many digits as the highest of them needs. */
export function useCellNumbers(high: number, kind: 'percent' | 'count' | 'money'): (value: number | null) => string {
  const { snapshot } = useSource();
  const { locale } = snapshot;
  return useMemo(() => {
    const digits = kind === 'count' || (kind === 'money' && high >= 100) ? 0 : kind === 'money' && high < 10 ? 2 : 1;
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    return (value) => {
      if (value === null) return UNKNOWN;
      return kind === 'percent' && value >= 100 ? whole.format(value) : format.format(value);
    };
  }, [locale, kind, high]);
}
