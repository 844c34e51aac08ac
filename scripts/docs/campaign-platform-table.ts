import type { PlatformColumn } from '../../src/export/campaigns/platform.ts';
import { CAMPAIGN_PLATFORMS } from '../../src/export/campaigns/platforms.ts';
import { markdownTable } from './markdown.ts';

/** The columns of the lists for each platform, in the order of the file. */
export function campaignPlatformTable(): string {
  return markdownTable(
    ['`--for`', 'Columns of targets', 'Columns of the control list', 'Format described at'],
    CAMPAIGN_PLATFORMS.map(({ name, title, columns, controlColumns, source }) => [
      `\`${name}\`: ${title}`,
      columns.map(described).join('; '),
      controlColumns === undefined ? 'no such list' : named(controlColumns, columns),
      `[${new URL(source).hostname}](${source})`,
    ]),
  );
}

function described({ name, meaning }: PlatformColumn): string {
  return `\`${name}\` (${meaning})`;
}

function named(columns: readonly PlatformColumn[], same: readonly PlatformColumn[]): string {
  return columns === same ? 'the same' : columns.map(({ name }) => `\`${name}\``).join('; ');
}
