import { NativeSelect, SegmentedControl } from '@mantine/core';

interface LocalChoiceProps {
  /** What is chosen, for those who do not see it. */
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly size?: 'xs' | 'sm';
}

/** Values next to each other of which one is chosen; a list where the screen is too narrow for that. */
export function LocalChoice({ label, options, value, onChange, size = 'xs' }: LocalChoiceProps) {
  return (
    <>
      <SegmentedControl
        visibleFrom="sm"
        className="screen-only"
        size={size}
        aria-label={label}
        data={[...options]}
        value={value}
        onChange={onChange}
      />
      <NativeSelect
        hiddenFrom="sm"
        className="screen-only"
        size={size}
        aria-label={label}
        data={[...options]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}
