import { SimpleGrid, Slider, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { useFormat } from '../../format/use-format.ts';
import { AmountInput } from './amount-input.tsx';
import { ListChoice } from './list-choice.tsx';
import type { PlannedContacts } from './planned-contacts.ts';
import type { useCampaignsState } from './use-campaigns-state.ts';

interface BudgetControlsProps {
  readonly state: ReturnType<typeof useCampaignsState>;
  readonly types: readonly string[];
  /** Customers who can be addressed. */
  readonly targets: number;
  readonly planned: PlannedContacts;
}

/** How many to address: as a number, with a slider, or as a budget and what a contact costs. */
export function BudgetControls({ state: [{ type, cost }, change], types, targets, planned }: BudgetControlsProps) {
  const format = useFormat();
  const { currency } = useSource().snapshot;
  const { contacts, budget } = planned;
  const [dragged, setDragged] = useState(contacts);
  useEffect(() => setDragged(contacts), [contacts]);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mb="sm">
        <ListChoice
          label="List to plan"
          types={types}
          value={type}
          onChange={(chosen) => change({ type: chosen, page: undefined })}
        />
        <AmountInput
          label="Contacts"
          value={contacts}
          step={1}
          max={Math.max(1, targets)}
          decimals={0}
          onChange={(amount) => change({ contacts: amount, budget: undefined })}
        />
        <AmountInput
          label={`Cost per contact, ${currency}`}
          value={cost}
          step={0.05}
          max={999_999}
          decimals={6}
          onChange={(amount) => change({ cost: amount })}
        />
        <AmountInput
          label={`Budget, ${currency}`}
          value={budget}
          step={10}
          max={999_999_999}
          decimals={2}
          onChange={(amount) => change({ budget: amount, contacts: undefined })}
        />
      </SimpleGrid>
      {targets > 1 && (
        <>
          <Slider
            min={1}
            max={targets}
            value={Math.max(1, dragged)}
            onChange={setDragged}
            onChangeEnd={(value) => change({ contacts: value, budget: undefined })}
            label={format.number}
            thumbLabel="Contacts, of all targets"
            thumbValueText={(value) => `${format.number(value)} contacts`}
          />
          <Text size="xs" c="dimmed" mt={4} mb="sm">
            1 to {format.number(targets)} targets, those with the most at stake first. Arrow keys move by one, Home and
            End to the ends.
          </Text>
        </>
      )}
    </>
  );
}
