import { NumberInput, SimpleGrid, Slider, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { useFormat } from '../../format/use-format.ts';
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
        <NumberInput
          label="Contacts"
          min={1}
          max={Math.max(1, targets)}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=" "
          value={contacts}
          onChange={(value) => {
            if (isAmount(value) && value !== contacts) change({ contacts: value, budget: undefined });
          }}
        />
        <NumberInput
          label={`Cost per contact, ${currency}`}
          min={0.000001}
          max={999_999}
          step={0.05}
          decimalScale={6}
          allowNegative={false}
          value={cost}
          onChange={(value) => {
            if (isAmount(value) && value !== cost) change({ cost: value });
          }}
        />
        <NumberInput
          label={`Budget, ${currency}`}
          min={0}
          max={999_999_999}
          step={10}
          decimalScale={2}
          allowNegative={false}
          thousandSeparator=" "
          value={budget}
          onChange={(value) => {
            if (isAmount(value) && value !== budget) change({ budget: value, contacts: undefined });
          }}
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

function isAmount(value: number | string): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
