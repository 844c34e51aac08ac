import { Badge, Group, Text } from '@mantine/core';
import type { CustomerExplanation } from '../../api/source.ts';
import { SegmentMark } from '../../components/segment-mark.tsx';
import classes from './customer-page.module.css';

/** The customer's id, and what the customer counts as. */
export function CustomerTitle({ explanation: { profile, segment } }: { readonly explanation: CustomerExplanation }) {
  return (
    <Group gap="sm">
      <Text size="xl" fw={700} className={classes.id ?? ''} data-customer>
        <bdi>{profile.customerId}</bdi>
      </Text>
      <Badge variant="default" size="lg" tt="none">
        <SegmentMark segment={segment.segment} />
      </Badge>
      <Badge variant="default" size="lg" tt="none">
        {segment.valueTier} value tier
      </Badge>
      <Badge variant="default" size="lg" tt="none">
        RFM {segment.rfmScore}: {segment.rfmSegment}
      </Badge>
    </Group>
  );
}
