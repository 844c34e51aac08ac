import type { CampaignExportResult, LeftOut, LeftOutReason } from '../export/campaigns/campaign-export-types.ts';
import { printable } from '../printable.ts';
import { type CommonOptions, pipelineOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

export interface CampaignExportFlags extends CommonOptions {
  readonly type?: readonly string[];
  readonly out?: string;
  readonly exact?: boolean;
  readonly json?: boolean;
}

/** `export campaigns --for PLATFORM`: lists of campaigns as the platform imports them. */
export async function exportCampaigns(
  platform: string,
  { type, out, exact, json, ...common }: CampaignExportFlags,
  context: CliContext,
): Promise<void> {
  const { Pipeline } = await import('../api/pipeline.ts');
  const pipeline = await Pipeline.open(pipelineOptions(common, context));
  const result = await pipeline.exportCampaigns({
    platform,
    exact: exact === true,
    signal: context.signal,
    ...(type === undefined ? {} : { types: type }),
    ...(out === undefined ? {} : { outDir: out }),
  });
  await context.stdout.write(json === true ? `${JSON.stringify(result)}\n` : resultText(result, context));
}

function resultText(result: CampaignExportResult, { stdout }: CliContext): string {
  const { platform, outDir, files, asOf, snapshotId, leftOut, nextSteps, durationSeconds } = result;
  const headline = `Wrote lists for ${platform} to ${printable(outDir)} in ${seconds(durationSeconds)}, as of ${asOf}, snapshot ${snapshotId}`;
  const table = renderTable(
    {
      columns: [
        { name: 'file', type: 'text' },
        { name: 'campaign', type: 'text' },
        { name: 'group', type: 'text' },
        { name: 'customers', type: 'integer' },
      ],
      rows: files.map(({ name, campaignType, group, rows }) => [name, campaignType, group, rows]),
    },
    stdout.width,
  );
  const omissions = leftOut.map((one) => `${omission(one)}\n`).join('');
  const steps = nextSteps.map((step) => `- ${step}\n`).join('');
  return `${headline}\n\n${table}\n${omissions === '' ? '' : `${omissions}\n`}Next:\n${steps}`;
}

const REASONS: Readonly<Record<LeftOutReason, string>> = {
  'no address': 'the customer id is no e-mail address',
  formula: 'the id begins like a formula of a spreadsheet (--exact writes it)',
  'in the control group': 'another id of the same person is in a control group',
  twice: 'another id of the same person is on a list already',
};

function omission({ campaignType, group, reason, customers }: LeftOut): string {
  return `Left out of ${printable(campaignType)} (${group}): ${customers}, because ${REASONS[reason]}`;
}
