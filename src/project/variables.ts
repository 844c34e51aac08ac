import type { SqlValue } from './sql-text.ts';

type Setting = SqlValue | Readonly<Record<string, unknown>>;

/** What the run has found out where a setting left it open. */
export interface FoundValues {
  readonly asOf: string | null;
  /** ISO 4217 code that the input names. */
  readonly currency?: string | undefined;
}

/** What `{{ var('x') }}` may name: every setting that SQL has a literal for, with `asOf` and `currency` as the run found them. */
export function modelVariables(
  config: Readonly<Record<string, Setting>>,
  { asOf, currency }: FoundValues,
): Map<string, SqlValue> {
  const values = Object.entries(config).filter((entry): entry is [string, SqlValue] => isValue(entry[1]));
  return new Map<string, SqlValue>([
    ...values,
    ['asOf', asOf],
    ['currency', valueOr(config.currency, currency ?? 'USD')],
  ]);
}

function isValue(setting: Setting): setting is SqlValue {
  return typeof setting !== 'object' || setting === null || Array.isArray(setting);
}

function valueOr(setting: Setting | undefined, otherwise: string): string {
  return typeof setting === 'string' ? setting : otherwise;
}
