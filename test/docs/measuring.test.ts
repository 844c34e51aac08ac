import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { planLooks } from '../../src/analytics/experiments/alpha-spending.ts';
import { resample } from '../../src/analytics/experiments/bootstrap.ts';
import { readOut } from '../../src/analytics/experiments/read-out.ts';
import { verdicts } from '../../src/analytics/experiments/verdict.ts';
import { normalCdf } from '../../src/analytics/numeric/normal.ts';
import { campaignsMeasureText } from '../../src/cli/campaigns-measure-text.ts';
import {
  type CampaignTruth,
  plainTruth,
  seeded,
  simulateCampaign,
  trueConversion,
  trueRevenue,
  windows,
} from '../analytics/experiments/simulated-campaign.ts';
import { assignmentsModel, campaignOrders } from '../support/measured-shop.ts';
import { openShop } from '../support/run-shop.ts';
import { formulasOf } from './methods-page.ts';
import { blocksOf, pageText } from './support.ts';

const page = await pageText('docs/measuring.md');

/** Cells of the rows of the table whose first column has that title. */
function rowsOf(title: string): string[][] {
  const lines = page.split('\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const at = lines.findIndex((line, index) => cells(line)[0] === title && /^\| -/.test(lines[index + 1] ?? ''));
  const length = lines.slice(at).findIndex((line) => !line.startsWith('|'));
  return lines.slice(at + 2, at + length).map(cells);
}

test('every formula compiles, and every dollar sign belongs to one', () => {
  const { formulas, rest } = formulasOf(page);
  expect(rest).not.toContain('$');
  expect(formulas.length).toBeGreaterThan(10);
  for (const { tex, isBlock } of formulas) {
    katex.renderToString(tex, { displayMode: isBlock, throwOnError: true, strict: 'error' });
    expect(tex).not.toMatch(/\\[^A-Za-z]|(^|[^A-Za-z0-9])_|[*<&`#%~]/);
  }
});

const looks = planLooks(windows, 0.05);

test('the table of looks has the boundaries, and all verdicts are explained', () => {
  const percent = (share: number, digits: number) => `${(100 * share).toFixed(digits)} %`;
  const rows = looks.map(({ information, criticalZ, alphaSpent }, index) => [
    String(index + 1),
    percent(information, 0),
    criticalZ.toFixed(3),
    percent(1 - 2 * normalCdf(-criticalZ), index === 0 ? 4 : 3),
    percent(alphaSpent, index === 0 ? 4 : 3),
  ]);
  expect(rowsOf('Look')).toEqual(rows);
  expect(rowsOf('Verdict').map(([verdict]) => verdict)).toEqual(verdicts.map((verdict) => `\`${verdict}\``));
});

test('four looks at 1.96 standard errors find something where there is nothing in 12.6 %', () => {
  const z = 1.959964;
  const steps = 400;
  const limit = (information: number) => z * Math.sqrt(information);
  // The score that has not crossed, on a grid, from look to look.
  const grid = (bound: number) => Array.from({ length: steps }, (_, index) => bound * ((2 * index + 1) / steps - 1));
  let scores = [0];
  let weights = [1];
  for (const information of windows) {
    const bound = limit(information);
    const step = (2 * bound) / steps;
    const next = grid(bound);
    const density = next.map((at) =>
      scores.reduce((sum, score, index) => sum + (weights[index] ?? 0) * Math.exp(-2 * (at - score) ** 2), 0),
    );
    weights = density.map((value) => value * step * Math.sqrt(2 / Math.PI));
    scores = next;
  }
  const found = 1 - weights.reduce((sum, weight) => sum + weight, 0);
  expect(page).toContain(`finds something in ${(100 * found).toFixed(1)} % of campaigns that do nothing`);
});

test('the readout that is shown is what the command prints', async () => {
  await using shop = await openShop({ modelsDir: 'mine' });
  await shop.write('mine/campaign_assignments.sql', assignmentsModel());
  await shop.load(campaignOrders());
  const text = campaignsMeasureText(await shop.pipeline.campaigns.measure(), { locale: 'en-US', currency: 'EUR' }, 100);
  const [shown] = blocksOf(page).filter(({ language }) => language === 'text');
  expect(text).toContain(shown?.text ?? 'a block');
});

const small: CampaignTruth = { ...plainTruth, targets: 900, controls: 100, deviation: 1 };
const large: CampaignTruth = { ...plainTruth, targets: 1_500, controls: 1_500, uplift: 0.8 };
const campaigns = [plainTruth, { ...plainTruth, uplift: 1.2 }, { ...plainTruth, uplift: 0.7 }, small, large];

describe('how often the intervals hold the truth', () => {
  const rows = rowsOf('Campaign');

  test.each(rows.map(([name, ...shown], index) => [name, shown, campaigns[index]] as const))(
    '%s',
    (_, shown, truth = plainTruth) => {
      const resampling = resample(100, Math.round((100 * truth.controls) / truth.targets), 499, seeded(1));
      const covered = [0, 0, 0];
      for (let seed = 1; seed <= 600; seed++) {
        const { targets, controls } = simulateCampaign(truth, seeded(seed)).at(-1) ?? {};
        if (targets === undefined || controls === undefined) throw new Error('no look');
        const { conversion, revenue, adjusted } = readOut(targets, controls, looks.at(-1)?.criticalZ ?? 0, resampling);
        const pairs = [
          [conversion.interval, trueConversion(truth)],
          [revenue.interval, trueRevenue(truth)],
          [adjusted.interval, trueRevenue(truth)],
        ] as const;
        for (const [figure, [interval, value]] of pairs.entries()) {
          if (interval !== null && interval.low <= value && value <= interval.high)
            covered[figure] = (covered[figure] ?? 0) + 1;
        }
      }
      for (const [figure, count] of covered.entries()) {
        // One campaign more or less may depend on the last digit of a logarithm.
        expect(Math.abs((100 * count) / 600 - Number.parseFloat(shown[figure] ?? ''))).toBeLessThan(0.25);
      }
    },
  );
});
