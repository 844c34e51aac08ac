import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link, useSearchParams } from 'wouter';
import { RequestError } from '../../api/request-error.ts';
import type { CustomerExplanation } from '../../api/source.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { CohortCard } from './cohort-card.tsx';
import classes from './customer-page.module.css';
import { CustomerTiles } from './customer-tiles.tsx';
import { CustomerTitle } from './customer-title.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { RecordsCard } from './records-card.tsx';
import { RiskCard } from './risk-card.tsx';
import { SegmentCard } from './segment-card.tsx';
import { UnknownCustomer } from './unknown-customer.tsx';
import { useCustomer } from './use-customer.ts';

export default function CustomerPage() {
  const [address] = useSearchParams();
  const id = address.get('id') ?? '';
  return (
    <>
      <PageHeader title="Customer" about="What one customer has bought, what is to be expected, and why.">
        <Anchor component={Link} href="/customers" underline="always">
          All customers
        </Anchor>
      </PageHeader>
      {id === '' ? (
        <Text>No customer is chosen: pick one from the list of all customers.</Text>
      ) : (
        <OfId key={id} id={id} />
      )}
    </>
  );
}

function OfId({ id }: { readonly id: string }) {
  const { data, error, refetch } = useCustomer(id);
  if (error instanceof RequestError && error.code === 'unknown-customer') {
    return <UnknownCustomer id={id} similarIds={error.similarIds} />;
  }
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading height={480} />;
  return <Customer explanation={data} />;
}

function Customer({ explanation }: { readonly explanation: CustomerExplanation }) {
  const { customerId } = explanation.profile;
  return (
    <Stack gap="md">
      <CustomerTitle explanation={explanation} />
      <CustomerTiles explanation={explanation} />
      <OrderTimeline explanation={explanation} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Stack gap="md" className={classes.column ?? ''}>
          <RiskCard explanation={explanation} />
          <CampaignCard explanation={explanation} />
        </Stack>
        <Stack gap="md" className={classes.column ?? ''}>
          <SegmentCard explanation={explanation} />
          <CohortCard explanation={explanation} />
        </Stack>
      </SimpleGrid>
      <RecordsCard id={customerId} />
    </Stack>
  );
}
