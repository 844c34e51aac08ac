import { printable } from '../printable.ts';
import type { Insight } from '../run/insight.ts';
import type { RunSummary } from '../run/summary.ts';
import type { Formatter } from './format.ts';

/** Findings and facts for people, and how many comparisons were tried for them; nothing where there is neither. */
export function insightText({ insights, layers }: Pick<RunSummary, 'insights' | 'layers'>, words: Formatter): string[] {
  const { comparisonsTried } = layers.business;
  if (insights.length === 0 && comparisonsTried === 0) return [];
  const findings = insights.filter(({ kind }) => kind === 'finding');
  const facts = insights.filter(({ kind }) => kind === 'fact');
  const tried = `${words.count(comparisonsTried)} ${comparisonsTried === 1 ? 'comparison' : 'comparisons'} tried`;
  return [
    [
      'KEY BUSINESS INSIGHTS',
      `  Findings: ${findings.length === 0 ? 'none' : words.count(findings.length)} of ${tried} (business.insight_candidates)`,
      ...findings.map(bullet),
      ...(facts.length === 0 ? [] : ['  Facts']),
      ...facts.map(bullet),
    ].join('\n'),
  ];
}

const bullet = ({ title, description }: Insight): string => `  • ${printable(title)}\n    ${printable(description)}`;
