import { Stack } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { FutureSection } from './future-section.tsx';
import { MonthSection } from './month-section.tsx';
import { SeasonSection } from './season-section.tsx';

export default function RevenuePage() {
  return (
    <>
      <PageHeader
        title="Revenue"
        about="What the months brought from new and from returning customers, and what is to come."
      />
      <Stack gap="xl">
        <MonthSection />
        <SeasonSection />
        <FutureSection />
      </Stack>
    </>
  );
}
