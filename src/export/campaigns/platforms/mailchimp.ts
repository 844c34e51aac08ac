import { type CampaignPlatform, emailIdentity, type PlatformColumn } from '../platform.ts';
import { PERSONAL_COLUMNS } from './shared-columns.ts';

const EMAIL: PlatformColumn = {
  name: 'Email Address',
  meaning: 'the address, as it stands in the data',
  isKey: true,
  isText: true,
  value: ({ email }) => email ?? null,
};

/** Columns are matched with the audience's fields while importing. */
export const mailchimp: CampaignPlatform = {
  name: 'mailchimp',
  title: 'Mailchimp, audience import',
  columns: [EMAIL, ...PERSONAL_COLUMNS],
  controlColumns: [EMAIL],
  identityOf: emailIdentity,
  nextStep: 'import each list with a tag of its own, and send to the target tag without the control tag',
  withoutIds: 'load the orders with the e-mail address as customer id, for example with --map customer="Email"',
  source: 'https://mailchimp.com/help/format-guidelines-for-your-import-file/',
};
