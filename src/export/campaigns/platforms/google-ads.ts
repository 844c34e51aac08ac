import { googleAddress, sha256 } from '../email-address.ts';
import type { CampaignPlatform } from '../platform.ts';

export const googleAds: CampaignPlatform = {
  name: 'google-ads',
  title: 'Google Ads, Customer Match',
  columns: [
    {
      name: 'Email',
      meaning:
        'SHA-256 of the address in small letters; of gmail.com and googlemail.com without the dots, and without + and what follows it, before the @',
      isText: true,
      value: ({ email }) => (email === undefined ? null : sha256(googleAddress(email))),
    },
  ],
  identityOf: ({ email }) => (email === undefined ? undefined : googleAddress(email)),
  nextStep: 'upload each file as a customer list and say that its data is hashed',
  withoutIds:
    'Customer Match by e-mail needs addresses: load the orders with the e-mail address as customer id, for example with --map customer="Email"; or, where your Google tag sets the same user id, export with --for csv and upload the ids as a list of user ids',
  source: 'https://support.google.com/google-ads/answer/7659867',
};
