import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useSource } from '../api/source-context.tsx';

/** One of some values, kept in the address; the first unless the address says otherwise, and always in a report. */
export function useChoice<const Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
): readonly [Value, (value: string) => void] {
  const { source } = useSource();
  const [params, setParams] = useSearchParams();
  const [first] = values;
  const asked = source.isOffline ? first : params.get(name);
  const choose = (value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === first) after.delete(name);
      else after.set(name, value);
      return after;
    });
  return [values.find((value) => value === asked) ?? first, choose];
}

interface ChoiceProps {
  /** What is chosen, for those who do not see it. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Values with their names for people. */
  readonly options: Readonly<Record<string, string>>;
  readonly size?: 'xs' | 'sm';
}

/** Values next to each other of which one is chosen; nothing in a report, which has the answers for one only. */
export function Choice({ label, value, onChange, options, size = 'xs' }: ChoiceProps) {
  const { source } = useSource();
  if (source.isOffline) return null;
  return (
    <SegmentedControl
      size={size}
      aria-label={label}
      data={Object.entries(options).map(([key, name]) => ({ value: key, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
