import { type CampaignPlatform, emailIdentity, type PlatformColumn } from '../platform.ts';
import { PERSONAL_COLUMNS } from './shared-columns.ts';

const EMAIL: PlatformColumn = {
  name: 'Email',
  meaning: 'the address, as it stands in the data',
  isKey: true,
  isText: true,
  value: ({ email }) => email ?? null,
};

/** The first column must be the address; the others become custom properties of the profile under their headings. */
export const klaviyo: CampaignPlatform = {
  name: 'klaviyo',
  title: 'Klaviyo, list import',
  columns: [EMAIL, ...PERSONAL_COLUMNS],
  controlColumns: [EMAIL],
  identityOf: emailIdentity,
  nextStep: 'upload each target list to a list of its own, and exclude the control list when you send',
  withoutIds: 'load the orders with the e-mail address as customer id, for example with --map customer="Email"',
  source: 'https://help.klaviyo.com/hc/en-us/articles/115005078967',
};
