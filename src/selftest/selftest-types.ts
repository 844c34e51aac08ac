/** `skipped`: an earlier step that it needs has failed. */
export type StepStatus = 'passed' | 'failed' | 'skipped';

export interface SelftestStep {
  readonly name: string;
  readonly status: StepStatus;
  readonly durationSeconds: number;
  /** What was found, or why it failed. */
  readonly detail: string;
}

export interface SelftestResult {
  readonly mode: 'quick' | 'comprehensive';
  readonly status: 'passed' | 'failed';
  readonly durationSeconds: number;
  readonly steps: readonly SelftestStep[];
}
