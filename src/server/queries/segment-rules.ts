import { z } from 'zod';
import { text, whole } from '../column-spec.ts';
import { historyQuery } from '../query-definition.ts';

/** A setting as it was used; its name where that is not known. */
type Setting = (key: string) => unknown;

/** The rules of segment_states in words, in their order. */
function rulesInWords(setting: Setting): readonly (readonly [segment: string, rule: string])[] {
  const share = (key: string) => {
    const value = setting(key);
    return typeof value === 'number' ? `${Number((100 * value).toFixed(4))} %` : value;
  };
  const isHigh =
    setting('highValueBy') === 'threshold'
      ? `lifetime value of ${setting('ltvHighThreshold')} or more`
      : `lifetime value in the top ${share('highValueShare')} of all customers`;
  return [
    ['Lost', `no order for more than ${setting('lostDays')} days, or none at all`],
    ['New', `first order less than ${setting('newDays')} days ago`],
    ['High Value', `${isHigh}, and an order within ${setting('activeDays')} days`],
    [
      'At Risk',
      `no order for more than ${setting('atRiskDays')} days; or a repeat customer silent for longer than ${share('expectedGapPercentile')} of gaps like their own would be`,
    ],
    ['Regular', 'all others'],
  ];
}

const rules = historyQuery({
  name: 'segments/rules',
  summary: 'How the five segments are told apart, in words, with the settings of the published run. One row per rule.',
  params: z.strictObject({}),
  columns: {
    step: whole('order of the rules: the first that fits decides'),
    customer_segment: text('segment of those for whom the rule decides'),
    rule: text('the rule in words'),
  },
  read: (_params, { history, manifest }) => {
    const used = history?.run(manifest.runId)?.config;
    const settings = new Map<string, unknown>(typeof used === 'object' && used !== null ? Object.entries(used) : []);
    return rulesInWords((key) => settings.get(key) ?? key).map(([customer_segment, rule], index) => ({
      step: index + 1,
      customer_segment,
      rule,
    }));
  },
});

export const segmentRuleQueries = [rules] as const;
