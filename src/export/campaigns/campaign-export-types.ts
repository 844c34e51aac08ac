/** Why customers of a campaign stand in no file. */
export type LeftOutReason = 'no address' | 'formula' | 'in the control group' | 'twice';

export interface CampaignExportOptions {
  /** `klaviyo`, `mailchimp`, `google-ads`, `meta` or `csv`. */
  readonly platform: string;
  /** Campaigns, as `Win-Back`. Default: all. */
  readonly types?: readonly string[];
  /** Default `exports/campaigns-<platform>` in the data folder. Files of the last export for the same platform are replaced or removed. */
  readonly outDir?: string;
  /** True writes text as it is, also where a spreadsheet would take it for a formula. Default false. */
  readonly exact?: boolean;
  /** Aborting cancels; earlier files in the folder stay as they were. */
  readonly signal?: AbortSignal;
}

export interface CampaignFile {
  /** Relative to the folder of the export. */
  readonly name: string;
  readonly campaignType: string;
  /** `control` are lists of whom to leave alone. */
  readonly group: 'target' | 'control';
  /** Customers in the file. */
  readonly rows: number;
  readonly bytes: number;
  /** Of the file's bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Customers of a campaign who stand in no file, counted by the reason. */
export interface LeftOut {
  readonly campaignType: string;
  readonly group: 'target' | 'control';
  /**
   * `no address`: the platform cannot find the customer by the id. `formula`: the address or id begins like a formula, and
   * changing it would break the match. `in the control group`: another id of the same person is in a control group.
   * `twice`: another id of the same person is on a list already.
   */
  readonly reason: LeftOutReason;
  readonly customers: number;
}

/** What an export of campaigns has written; `campaigns-<platform>.json` beside the files says the same. */
export interface CampaignExportResult {
  readonly platform: string;
  /** The snapshot that the lists are of. */
  readonly snapshotId: string;
  readonly asOf: string;
  readonly outDir: string;
  readonly files: readonly CampaignFile[];
  readonly leftOut: readonly LeftOut[];
  /** What to do with the files, one sentence an entry. */
  readonly nextSteps: readonly string[];
  readonly durationSeconds: number;
}
