import { Stack } from '@mantine/core';
import { useSource } from '../../api/source-context.tsx';
import { Choice, useChoice } from '../../components/choice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CourseCards } from './course-cards.tsx';
import { MigrationCard } from './migration-card.tsx';
import { ProfileCard, RuleCard } from './profile-cards.tsx';
import { RfmMapCard } from './rfm-map-card.tsx';
import { FiveSizes, RfmSizes } from './size-cards.tsx';
import { StabilityCard } from './stability-card.tsx';

const SEGMENTATIONS = { five: 'Five segments', rfm: 'RFM segments' } as const;

export default function SegmentsPage() {
  const { source } = useSource();
  const [segmentation, choose] = useChoice('by', ['five', 'rfm']);
  return (
    <>
      <PageHeader title="Segments" about="Groups of customers by what they do, and how they move.">
        <Choice label="Segmentation" value={segmentation} onChange={choose} options={SEGMENTATIONS} size="sm" />
      </PageHeader>
      <Stack>
        {segmentation === 'five' && (
          <>
            <FiveSizes />
            <RuleCard segmentation="five" />
            <MigrationCard />
            <CourseCards />
            <ProfileCard segmentation="five" />
            <StabilityCard segmentation="five" />
          </>
        )}
        {/* A report has no switch: it shows both. */}
        {(segmentation === 'rfm' || source.isOffline) && (
          <>
            <RfmMapCard />
            <RuleCard segmentation="rfm" />
            <RfmSizes />
            <ProfileCard segmentation="rfm" />
            <StabilityCard segmentation="rfm" />
          </>
        )}
      </Stack>
    </>
  );
}
