import { useMemo } from 'react';
import { useSource } from '../api/source-context.tsx';
import { type Format, makeFormat } from './format.ts';

/** Figures in the locale and the currency of the data. */
export function useFormat(): Format {
  const { snapshot } = useSource();
  return useMemo(() => makeFormat(snapshot.locale, snapshot.currency), [snapshot.locale, snapshot.currency]);
}
