import { Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { useFormat } from '../../format/use-format.ts';
import { ActiveFilters } from './active-filters.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { CopyLink } from './copy-link.tsx';
import classes from './customers-page.module.css';
import { CustomersTable } from './customers-table.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { SearchField } from './search-field.tsx';
import { useCustomerPages } from './use-customer-pages.ts';
import { useCustomerView } from './use-customer-view.ts';

/** From this width on the filters are open at first. */
const WIDE = '(min-width: 62em)';

export default function CustomersPage() {
  const { source } = useSource();
  const control = useCustomerView();
  const { filters, sort, order, columns } = control.view;
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 0]);
  const onRange = useCallback((from: number, to: number) => setRange([from, to]), []);
  const pages = useCustomerPages(control.view, first, last);
  const facets = useQuestion('customers/facets', {});
  const [isOpen, { toggle }] = useDisclosure(matchMedia(WIDE).matches);
  const csv = source.csvAddress('customers', { ...filters, sort, order, columns: columns.join() });
  const everyone = facets.data?.rows.reduce(
    (sum, { facet, customers }) => sum + (facet === 'segment' ? (customers ?? 0) : 0),
    0,
  );
  return (
    <div className={classes.page}>
      <PageHeader
        title="Customers"
        about="Every customer with value, risk and segment. Filter, sort, and take the list along."
      />
      <Group justify="space-between" align="flex-end" gap="sm" className={classes.tools ?? ''}>
        <SearchField control={control} />
        <Group gap="xs">
          <Button size="xs" variant="default" aria-expanded={isOpen} aria-controls="customer-filters" onClick={toggle}>
            {isOpen ? 'Hide filters' : 'Filters'}
          </Button>
          <ColumnChooser control={control} />
          {csv !== undefined && (
            <Button size="xs" variant="default" component="a" href={csv} download>
              Download CSV
            </Button>
          )}
          <CopyLink />
        </Group>
      </Group>
      <Collapse expanded={isOpen} id="customer-filters" className={classes.tools ?? ''}>
        <FilterPanel control={control} facets={facets} grades={pages.head?.grades ?? []} />
      </Collapse>
      <Group gap="sm">
        <Count found={pages.total} everyone={everyone} />
        <ActiveFilters control={control} />
      </Group>
      <CustomersTable control={control} pages={pages} onRange={onRange} />
    </div>
  );
}

function Count({ found, everyone }: { readonly found: number | undefined; readonly everyone: number | undefined }) {
  const format = useFormat();
  if (found === undefined || everyone === undefined) return null;
  return (
    <Text size="sm" fw={600} role="status" data-found={found}>
      {format.number(found)} of {format.number(everyone)} customers
    </Text>
  );
}
