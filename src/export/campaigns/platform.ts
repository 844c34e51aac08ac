import type { Value } from '../../engines/result-set.ts';

/** A customer of a campaign, as `campaign_targets` has it; amounts are decimal text. */
export interface Contact {
  readonly customerId: string;
  /** The address, when the id is one. */
  readonly email: string | undefined;
  readonly campaignType: string;
  readonly campaignGroup: string;
  readonly customerSegment: Value;
  readonly priorityLevel: Value;
  readonly estimatedValue: Value;
  readonly historicValue: Value;
  readonly daysSinceLastOrder: Value;
  readonly reason: Value;
  readonly recommendedAction: Value;
}

export interface PlatformColumn {
  /** The heading, as the platform writes it. */
  readonly name: string;
  /** What stands in it; for the documentation. */
  readonly meaning: string;
  /** True where the platform finds the person by this cell. It cannot be changed, so that a formula in it keeps its customer out of the file. */
  readonly isKey?: boolean;
  /** Text is neutralised where a spreadsheet would take it for a formula; numbers are left alone. */
  readonly isText: boolean;
  value(contact: Contact): Value;
}

/** A program that lists are handed to, and what it asks for. */
export interface CampaignPlatform {
  /** As after `--for`. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly PlatformColumn[];
  /** Columns of the list of the control group, which is to be excluded from everything; undefined: no such list. */
  readonly controlColumns?: readonly PlatformColumn[];
  /** Who the platform takes the contact for; equal texts are one person. Undefined: the platform cannot find this customer. */
  identityOf(contact: Contact): string | undefined;
  /** Where the file goes, one sentence. */
  readonly nextStep: string;
  /** What to do when no customer id is one that the platform knows. */
  readonly withoutIds: string;
  /** Where the format is described. */
  readonly source: string;
}

/** Whose customers are known by an e-mail address alone, whatever its letters' case. */
export function emailIdentity({ email }: Contact): string | undefined {
  return email?.toLowerCase();
}

/** Whose customers are known by an address, or else by the id itself. */
export function addressOrId({ email, customerId }: Contact): string {
  return email === undefined ? `id ${customerId}` : `address ${email.toLowerCase()}`;
}
