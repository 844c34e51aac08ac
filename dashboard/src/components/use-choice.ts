import { useSearchParams } from 'wouter';

/** One of a few values that stands in the address of the page; the first unless it says otherwise. */
export function useChoice<const Value extends string>(
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
