import { Button, Checkbox, Group, Popover, SimpleGrid } from '@mantine/core';
import { COLUMNS, USUAL_COLUMNS } from './customer-columns.ts';
import type { ViewControl } from './use-customer-view.ts';

/** Which columns are shown; that of the customer always is. */
export function ColumnChooser({ control: { view, showColumns } }: { readonly control: ViewControl }) {
  const choose = (names: readonly string[]) =>
    showColumns(COLUMNS.map(({ name }) => name).filter((name) => name === 'customer_id' || names.includes(name)));
  return (
    <Popover trapFocus position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <Button size="xs" variant="default">
          Columns ({view.columns.length} of {COLUMNS.length})
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Checkbox.Group value={[...view.columns]} onChange={choose} aria-label="Columns that are shown">
          <SimpleGrid cols={2} spacing="lg" verticalSpacing={8}>
            {COLUMNS.map(({ name, title }) => (
              <Checkbox key={name} size="sm" value={name} label={title} disabled={name === 'customer_id'} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Group mt="md" gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => choose(COLUMNS.map(({ name }) => name))}>
            All
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => choose(USUAL_COLUMNS)}>
            Usual ones
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
