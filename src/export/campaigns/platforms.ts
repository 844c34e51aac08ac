import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import type { CampaignPlatform } from './platform.ts';
import { csv } from './platforms/csv.ts';
import { googleAds } from './platforms/google-ads.ts';
import { klaviyo } from './platforms/klaviyo.ts';
import { mailchimp } from './platforms/mailchimp.ts';
import { meta } from './platforms/meta.ts';

/** Where lists of campaigns can go. */
export const CAMPAIGN_PLATFORMS: readonly CampaignPlatform[] = [klaviyo, mailchimp, googleAds, meta, csv];

/** The platform of this name. @throws UsageError with the nearest one. */
export function campaignPlatform(name: string): CampaignPlatform {
  const platform = CAMPAIGN_PLATFORMS.find((known) => known.name === name);
  if (platform !== undefined) return platform;
  const names = CAMPAIGN_PLATFORMS.map((known) => known.name);
  throw new UsageError(`"${name}" is no platform that lists can be exported for${didYouMean(name, names)}`, {
    remedy: `one of ${names.join(', ')}`,
  });
}
