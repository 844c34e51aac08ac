import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/export/campaigns/email-address.ts';
import { CAMPAIGN_PLATFORMS } from '../../../src/export/campaigns/platforms.ts';
import { openShop } from '../../support/run-shop.ts';
import { lostCustomers } from './lost-customers.ts';

/** Few letters, so that many ids are spellings of one address. */
const id = fc
  .tuple(
    fc.constantFrom('ann', 'An.n', 'aNn+x', 'bob', 'b.ob', 'BOB+1'),
    fc.constantFrom('@gmail.com', '@Shop.example', ''),
  )
  .map(([name, domain]) => `${name}${domain}`);
const shops = fc.record({
  ids: fc.uniqueArray(id, { minLength: 4, maxLength: 14 }),
  controlSalt: fc.stringMatching(/^[a-z]{8}$/),
});

/** How a person may be recognised in a file of each platform, written without regard to the program. */
function traces(platform: string, customerId: string): string[] {
  const small = customerId.toLowerCase();
  if (!small.includes('@')) return platform === 'meta' || platform === 'csv' ? [customerId] : [];
  if (platform === 'meta') return [sha256(small)];
  const [local = '', domain = ''] = small.split('@');
  if (platform !== 'google-ads') return [small];
  return [sha256(domain === 'gmail.com' ? `${local.replace(/\+.*/, '').replaceAll('.', '')}@gmail.com` : small)];
}

test('in random shops nobody of a control group is in a list of targets, under any spelling of the address', async () => {
  let controls = 0;
  await fc.assert(
    fc.asyncProperty(shops, async ({ ids, controlSalt }) => {
      await using shop = await openShop({ controlShare: 0.5, controlSalt });
      await shop.load(lostCustomers(ids));
      const rows = await shop.query('select customer_id, campaign_group from business.campaign_targets');
      const control = rows.filter((row) => row.campaign_group === 'control').map((row) => String(row.customer_id));
      controls += control.length;
      for (const { name: platform, controlColumns } of CAMPAIGN_PLATFORMS) {
        const result = await shop.pipeline.exportCampaigns({ platform }).catch((error: Error) => {
          expect(error.message).toMatch(/finds none of|all customers of these campaigns are in the control group/);
        });
        if (result === undefined) continue;
        const forbidden = new Set(control.flatMap((one) => traces(platform, one)));
        for (const { name, group } of result.files) {
          const lines = (await readFile(join(result.outDir, name), 'utf8')).trimEnd().split('\n').slice(1);
          const keys = lines.flatMap((line) => line.split(',').slice(0, 2));
          const found = keys.filter((key) => forbidden.has(key) || forbidden.has(key.toLowerCase()));
          if (group === 'target') expect([platform, found]).toEqual([platform, []]);
          else expect([controlColumns !== undefined, name]).toEqual([true, expect.stringContaining('do-not-contact')]);
        }
        const left = result.leftOut.reduce((sum, { customers }) => sum + customers, 0);
        const written = result.files.reduce((sum, file) => sum + file.rows, 0);
        expect(written + left).toBe(controlColumns === undefined ? rows.length - control.length : rows.length);
      }
    }),
    { numRuns: 8, seed: 6 },
  );
  expect(controls).toBeGreaterThan(10);
});
