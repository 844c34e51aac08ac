import { useSearchParams } from 'wouter';

/** What the months to come are told in. */
export type Measure = 'revenue' | 'orders';

/** The measure of the address, revenue unless it says orders. */
export function useMeasure(): readonly [Measure, (measure: Measure) => void] {
  const [search, setSearch] = useSearchParams();
  const measure = search.get('measure') === 'orders' ? 'orders' : 'revenue';
  return [
    measure,
    (chosen) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        if (chosen === 'revenue') next.delete('measure');
        else next.set('measure', chosen);
        return next;
      }),
  ];
}
