import { z } from 'zod';
import { CancelledError, UsageError } from '../../errors.ts';
import { chooseLists } from '../../export/campaigns/campaign-lists.ts';
import { listLines } from '../../export/campaigns/list-lines.ts';
import { CAMPAIGN_PLATFORMS, campaignPlatform } from '../../export/campaigns/platforms.ts';
import { nobodyLeft } from '../../export/campaigns/run-campaign-export.ts';
import { findSamePersons } from '../../export/campaigns/same-person.ts';
import { csvHeaders, releaseAll, textStream } from '../csv-download.ts';
import { registerPath } from '../openapi.ts';
import { Problem } from '../problem.ts';
import type { OpenSnapshot } from '../published-data.ts';
import { textParameter } from '../query-parameters.ts';
import { readParameters } from '../read-parameters.ts';
import { type App, goneSignal, type RequestContext, type Services } from '../services.ts';

const params = z.strictObject({
  type: textParameter().describe('campaign'),
  for: z.enum(CAMPAIGN_PLATFORMS.map(({ name }) => name)).describe('program that the list is made for'),
  group: z
    .enum(['target', 'control'])
    .default('target')
    .describe('target: to be addressed; control: to be excluded from everything, not for advertising platforms'),
});

/** The list of a campaign as a file for a mail or advertising program, byte for byte as `export campaigns` writes it. */
export function addCampaignExportRoute(app: App, services: Services): void {
  registerPath(
    app,
    '/api/campaigns/export.csv',
    'One list of one campaign for a mail or advertising program: the file that export campaigns writes.',
    z.string(),
    params,
    { contentType: 'text/csv' },
  );
  app.get('/api/campaigns/export.csv', (context) => download(context, services));
}

async function download(context: RequestContext, { data, downloads }: Services): Promise<Response> {
  const asked = readParameters(params, context.req.queries());
  const gone = goneSignal(context);
  const leave = await downloads.enter();
  const lease = await data.acquire().catch((error: unknown) => {
    leave();
    throw error;
  });
  const release = releaseAll(lease, leave);
  try {
    const signal = AbortSignal.any([gone, AbortSignal.timeout(downloads.milliseconds)]);
    const { name, head, pieces } = await listFile(asked, lease.snapshot, signal);
    return context.body(textStream({ head, pieces, release }), 200, csvHeaders(name));
  } catch (error) {
    release();
    throw error instanceof UsageError ? refused(error) : error;
  }
}

/** The list up to its first customers, and what follows: a list of nobody is refused, as the command refuses it. */
async function listFile(
  { type, for: platformName, group }: z.output<typeof params>,
  { manifest, reader }: OpenSnapshot,
  signal: AbortSignal,
) {
  const platform = campaignPlatform(platformName);
  const options = { signal };
  const rowCount = manifest.rowCounts['business.campaign_targets'];
  const lists = await chooseLists(reader, { platform, types: [type], rowCount, options });
  const list = lists.find((candidate) => candidate.group === group);
  if (list === undefined) throw group === 'target' ? nobodyLeft(platform, lists) : noControlList(platform.title);
  const persons = await findSamePersons(reader, platform, options);
  const counts = { rows: 0, leftOut: new Map() };
  const pieces = listLines(list, { platform, exact: false, reader, persons, options }, counts);
  let head = '';
  while (counts.rows === 0) {
    const next = await pieces.next();
    if (next.done === true) break;
    head += next.value;
  }
  if (signal.aborted) throw new CancelledError();
  if (counts.rows === 0) throw group === 'target' ? nobodyLeft(platform, lists) : noControlList(platform.title);
  return { name: list.fileName.replace(/\.csv$/, ''), head, pieces };
}

function noControlList(title: string): UsageError {
  return new UsageError(`there is no list of the control group for ${title}`, {
    remedy: 'mail programs, and csv, have one where somebody is left alone whom they know',
  });
}

function refused({ message, remedy }: UsageError): Problem {
  return new Problem(400, 'bad-parameters', message, { remedy });
}
