import { NativeSelect, SimpleGrid, Stack } from '@mantine/core';
import { useSource } from '../../api/source-context.tsx';
import { useChoice } from '../../components/choice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ByOrdersCard } from './by-orders-card.tsx';
import { DistributionCard } from './distribution-card.tsx';
import { LorenzCard } from './lorenz-card.tsx';
import { MEASURE_TEXTS, MEASURES } from './measures.ts';
import { RiskCard } from './risk-card.tsx';
import { RiskValueCard } from './risk-value-card.tsx';
import { TiersCard } from './tiers-card.tsx';

export default function ValuePage() {
  const { source } = useSource();
  const [measure, choose] = useChoice('measure', MEASURES);
  return (
    <>
      <PageHeader title="Value and churn" about="What customers are worth, and which are at risk.">
        {!source.isOffline && (
          <NativeSelect
            label="Value measured by"
            value={measure}
            onChange={(event) => choose(event.currentTarget.value)}
            data={MEASURES.map((value) => ({ value, label: MEASURE_TEXTS[value].title }))}
          />
        )}
      </PageHeader>
      <Stack>
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <DistributionCard measure={measure} />
          {/* Averages do not add up to anything of which somebody could have a share. */}
          {measure === 'avg_order_value' ? <TiersCard /> : <LorenzCard measure={measure} />}
        </SimpleGrid>
        <RiskValueCard measure={measure} />
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <RiskCard />
          <ByOrdersCard measure={measure} />
        </SimpleGrid>
        {measure !== 'avg_order_value' && <TiersCard />}
      </Stack>
    </>
  );
}
