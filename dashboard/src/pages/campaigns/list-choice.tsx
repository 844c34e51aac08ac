import { NativeSelect } from '@mantine/core';

interface ListChoiceProps {
  readonly label: string;
  readonly types: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (type: string | undefined) => void;
}

/** Which list is meant, or all of them. */
export function ListChoice({ label, types, value, onChange }: ListChoiceProps) {
  const known = value === undefined || types.includes(value) ? types : [...types, value];
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: 'All lists' }, ...known]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
