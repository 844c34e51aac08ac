import type { Agreement, ComparedFigure } from '../analytics/published/published-figure.ts';
import type { VerifyResult } from '../selftest/verify/verify.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

const WORDS: Readonly<Record<Agreement, string>> = { digits: 'yes', allowed: 'nearly', different: 'NO' };

/** The figures beside ours, then what there is to say about them, then the verdict. */
export function verifyText(result: VerifyResult, width: number | undefined): string {
  const { figures, recovery, logLikelihoods, status, durationSeconds } = result;
  const sources = [...new Set(figures.map(({ source }) => source))];
  const agreed = figures.filter(({ agreement }) => agreement !== 'different').length;
  const higher = logLikelihoods.map(
    ({ model, ours, paper, isAsHigh }) =>
      `${model}: log-likelihood ${ours.toFixed(9)} at our optimum, ${paper.toFixed(9)} at the published parameters: ` +
      `our optimum is ${isAsHigh ? 'at least as high' : 'LOWER'}`,
  );
  const parts = [
    figuresTable(figures, sources, width),
    lines(sources.map((source, i) => `[${i + 1}] ${source}`)),
    lines(reasons(figures)),
    lines(higher),
    recovery.length === 0 ? '' : recoveryTable(recovery, width),
    `${status === 'agrees' ? 'Everything agrees' : 'NOT everything agrees'}: ${verdict(result, agreed)} in ${seconds(durationSeconds)}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function verdict({ figures, recovery }: VerifyResult, agreed: number): string {
  const figuresPart = `${agreed} of ${figures.length} figures`;
  const passed = recovery.filter((one) => one.passed).length;
  return recovery.length === 0 ? figuresPart : `${figuresPart}, ${passed} of ${recovery.length} models recovered`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

function figuresTable(
  figures: readonly ComparedFigure[],
  sources: readonly string[],
  width: number | undefined,
): string {
  return renderTable(
    {
      columns: [
        { name: 'item', type: 'text' },
        { name: 'paper', type: 'decimal' },
        { name: 'ours', type: 'decimal' },
        { name: 'difference', type: 'decimal' },
        { name: 'agrees', type: 'text' },
        { name: 'source', type: 'text' },
      ],
      rows: figures.map(({ item, paper, decimals, ours, difference, agreement, source }) => [
        item,
        paper.toFixed(Math.max(0, decimals)),
        oursText(ours, decimals),
        differenceText(difference),
        WORDS[agreement],
        `[${sources.indexOf(source) + 1}]`,
      ]),
    },
    width,
  );
}

/** One digit more than is printed. */
function oursText(ours: number | null, decimals: number): string {
  if (ours === null) return 'none';
  return Number.isInteger(ours) ? String(ours) : ours.toFixed(Math.max(0, decimals) + 1);
}

function differenceText(difference: number | null): string {
  if (difference === null) return '';
  if (difference === 0) return '0';
  const size = Math.abs(difference);
  const text = size < 1e-3 ? size.toExponential(1) : size.toPrecision(size < 100 ? 2 : Math.ceil(Math.log10(size)));
  return `${difference < 0 ? '-' : '+'}${text}`;
}

/** Why figures are apart beyond the printed digits, and how far each may be: one line for each reason that was needed. */
function reasons(figures: readonly ComparedFigure[]): string[] {
  const apart = figures.filter(({ agreement, why }) => agreement === 'allowed' && why !== undefined);
  return [...new Set(apart.map(({ why = '' }) => why))].map((reason) => {
    const group = apart.filter(({ why }) => why === reason);
    const widest = Math.max(...group.map(({ tolerance }) => tolerance));
    const count = `${group.length} ${group.length === 1 ? 'figure' : 'figures'}`;
    return `nearly (${count}, tolerance up to ${Number(widest.toPrecision(2))}): ${reason}`;
  });
}

function recoveryTable(recovery: VerifyResult['recovery'], width: number | undefined): string {
  return renderTable(
    {
      columns: [
        { name: 'simulated from', type: 'text' },
        { name: 'seeds', type: 'text' },
        { name: 'parameters within 3 standard errors', type: 'text' },
        { name: '80 % intervals cover', type: 'decimal' },
        { name: 'recovered', type: 'text' },
      ],
      rows: recovery.map(({ model, seeds, recovered, coverage, passed }) => [
        model,
        `${seeds[0]} to ${seeds.at(-1)}`,
        `${recovered} of ${seeds.length} seeds`,
        `${(100 * coverage).toFixed(1)} %`,
        passed ? 'yes' : 'NO',
      ]),
    },
    width,
  );
}
