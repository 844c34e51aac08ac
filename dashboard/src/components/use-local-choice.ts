import { useSearchParams } from 'wouter';

/**
 * One of a few values, kept in the address; the first unless it says otherwise. For what is among the figures of the page
 * already, so that it can be chosen in a report too.
 */
export function useLocalChoice<const Value extends string>(
  name: string,
  allowed: readonly [Value, ...Value[]],
): readonly [Value, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const asked = params.get(name);
  const value = allowed.find((one) => one === asked) ?? allowed[0];
  const choose = (next: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === allowed[0]) after.delete(name);
        else after.set(name, next);
        return after;
      },
      { replace: true },
    );
  return [value, choose];
}

/** A text that stands in the address of the page; empty where it has none. */
export function useAddressText(name: string): readonly [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const write = (next: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === '') after.delete(name);
        else after.set(name, next);
        return after;
      },
      { replace: true },
    );
  return [params.get(name) ?? '', write];
}
