import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ViewControl } from './use-customer-view.ts';
import { useDraft } from './use-draft.ts';

const MODES = [
  { value: 'search', label: 'contains' },
  { value: 'prefix', label: 'begins with' },
];

/** Finds customers by a part of their id. */
export function SearchField({ control: { view, setFilters } }: { readonly control: ViewControl }) {
  const { search = '', prefix = '' } = view.filters;
  const [chosen, setChosen] = useState<string>('search');
  // Where only one of the two is filled in, the address decides.
  const mode = search !== '' ? 'search' : prefix !== '' ? 'prefix' : chosen;
  const send = (text: string, by = mode) =>
    setFilters({ search: by === 'search' ? text : undefined, prefix: by === 'prefix' ? text : undefined });
  const [draft, setDraft] = useDraft(mode === 'search' ? search : prefix, send);
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      <NativeSelect
        size="sm"
        label="Customer id"
        data={MODES}
        value={mode}
        onChange={({ currentTarget: { value } }) => {
          setChosen(value);
          if (draft !== '') send(draft, value);
        }}
      />
      <TextInput
        size="sm"
        type="search"
        label={<span aria-hidden>&nbsp;</span>}
        aria-label="Search customers by id"
        placeholder="Part of an id"
        maxLength={500}
        value={draft}
        onChange={({ currentTarget: { value } }) => setDraft(value)}
      />
    </Group>
  );
}
