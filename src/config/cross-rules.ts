import type { Config, ConfigKey } from './schema.ts';

/** A rule between two numeric settings. */
export interface CrossRule {
  readonly smaller: NumericKey;
  readonly larger: NumericKey;
  /** Whether both may be equal. */
  readonly orEqual: boolean;
  /** What goes wrong otherwise. */
  readonly reason: string;
}

type NumericKey = { [K in ConfigKey]: Config[K] extends number ? K : never }[ConfigKey];

const crossRules: readonly CrossRule[] = [
  { smaller: 'newDays', larger: 'lostDays', orEqual: false, reason: 'a New customer would count as Lost' },
  { smaller: 'activeDays', larger: 'lostDays', orEqual: true, reason: 'a Lost customer would count as active' },
  { smaller: 'atRiskDays', larger: 'lostDays', orEqual: false, reason: 'nobody could be At Risk before being Lost' },
  {
    smaller: 'ltvRegularThreshold',
    larger: 'ltvHighThreshold',
    orEqual: true,
    reason: 'a high-value customer would be below regular value',
  },
];

/** The rules that these settings break. */
export function brokenRules(config: Config): readonly CrossRule[] {
  return crossRules.filter(({ smaller, larger, orEqual }) =>
    orEqual ? config[smaller] > config[larger] : config[smaller] >= config[larger],
  );
}
