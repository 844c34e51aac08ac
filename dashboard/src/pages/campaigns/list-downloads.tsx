import { Anchor, Group, Text } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import classes from './campaigns.module.css';

interface Tool {
  readonly name: string;
  readonly title: string;
  /** Finds people by e-mail address alone. */
  readonly needsAddresses: boolean;
  /** Whether it gets a list of whom to exclude. */
  readonly hasControlList: boolean;
}

const TOOLS: readonly Tool[] = [
  { name: 'klaviyo', title: 'Klaviyo', needsAddresses: true, hasControlList: true },
  { name: 'mailchimp', title: 'Mailchimp', needsAddresses: true, hasControlList: true },
  { name: 'google-ads', title: 'Google Ads', needsAddresses: true, hasControlList: false },
  { name: 'meta', title: 'Meta', needsAddresses: false, hasControlList: false },
  { name: 'csv', title: 'any program', needsAddresses: false, hasControlList: true },
];

type Listed = Pick<QueryRow<'campaigns/power'>, 'campaign_type' | 'addresses' | 'controls' | 'targets'>;

/** The files that `export campaigns` writes, for each program that can find these customers. */
export function ListDownloads({ list }: { readonly list: Listed }) {
  const type = list.campaign_type ?? '';
  const hasAddresses = (list.addresses ?? 0) > 0;
  const usable = TOOLS.filter(({ needsAddresses }) => hasAddresses || !needsAddresses);
  const controlled = usable.filter(({ hasControlList }) => hasControlList && (list.controls ?? 0) > 0);
  return (
    <div data-downloads={type}>
      {(list.targets ?? 0) > 0 && (
        <Group gap="0 12px" component="p" m={0}>
          <Text size="sm" span c="dimmed">
            Download the targets for
          </Text>
          {usable.map((tool) => (
            <Download key={tool.name} type={type} tool={tool} group="target" />
          ))}
        </Group>
      )}
      {controlled.length > 0 && (
        <Group gap="0 12px" component="p" m={0}>
          <Text size="sm" span c="dimmed">
            and whom to exclude, for
          </Text>
          {controlled.map((tool) => (
            <Download key={tool.name} type={type} tool={tool} group="control" />
          ))}
        </Group>
      )}
    </div>
  );
}

/** Why some programs are not offered; undefined when all are. */
export function missingAddresses(lists: readonly Pick<Listed, 'addresses'>[]): string | undefined {
  if (lists.some(({ addresses }) => (addresses ?? 0) > 0)) return undefined;
  return 'There are no files for Klaviyo, Mailchimp and Google Ads: they find people by e-mail address, and no customer id is one. Load the orders with the address as customer id: --map customer="Email".';
}

interface DownloadProps {
  readonly type: string;
  readonly tool: Tool;
  readonly group: 'target' | 'control';
}

function Download({ type, tool: { name, title }, group }: DownloadProps) {
  const who = group === 'target' ? 'targets' : 'control group, not to be contacted,';
  return (
    <Anchor
      size="sm"
      className={classes.link}
      underline="always"
      href={`/api/campaigns/export.csv?${new URLSearchParams({ type, for: name, group })}`}
      download
      aria-label={`Download the ${who} of ${type} for ${title}`}
    >
      {title}
    </Anchor>
  );
}
