import type { CustomerDetail } from './customer-detail.ts';

export const REPORT_FORMATS = ['html', 'pdf', 'md', 'json'] as const;
/** `html` is the web app in one file, `pdf` the same printed; `md` and `json` are for other programs. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportOptions {
  readonly format: ReportFormat;
  /** How single customers appear in it. Default `none`: figures of groups only. */
  readonly customers?: CustomerDetail | undefined;
  /** PDF only: the Chromium that prints. Default: what the variable CHROME_PATH names, or one that is found. */
  readonly browser?: string | undefined;
  /** Aborting cancels. */
  readonly signal?: AbortSignal | undefined;
}

/** A report that is made and not yet written. */
export interface MadeReport {
  readonly format: ReportFormat;
  readonly snapshotId: string;
  readonly asOf: string;
  readonly content: Buffer;
}

export interface WriteReportOptions extends ReportOptions {
  /** Default `report-<as-of date>.<format>` in the working folder. A report that is there is replaced. */
  readonly output?: string | undefined;
}

/** A report that is written. */
export interface WrittenReport extends Omit<MadeReport, 'content'> {
  readonly path: string;
  readonly bytes: number;
}
