import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import { PageHeader } from '../components/page-header.tsx';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Not found" about="There is no page at this address." />
      <Text>
        <Anchor component={Link} href="/" underline="always">
          Go to the overview
        </Anchor>
      </Text>
    </>
  );
}
