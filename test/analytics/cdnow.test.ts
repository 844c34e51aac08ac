import { describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { fitSpend, spendLogLikelihood } from '../../src/analytics/models/gamma-gamma.ts';
import { bgNbdLogLikelihoods, cdnowEvidence } from '../../src/analytics/published/cdnow-evidence.ts';
import { repeatSpendCells } from '../../src/analytics/published/headline.ts';
import { calibrationEnd, lastDay } from '../../src/analytics/published/logged-customer.ts';
import { paperAgainstOurs } from '../../src/analytics/published/paper-against-ours.ts';
import { compareFigure } from '../../src/analytics/published/published-figure.ts';
import { publishedFigures } from '../../src/analytics/published/published-figures.ts';
import { recordedFigures } from '../../src/analytics/published/recorded-figures.ts';
import { weeks } from '../../src/analytics/units.ts';
import { sharedFile } from '../support/shared-data.ts';
import { relativeError } from './close.ts';
import { loggedCustomers } from './shared-customers.ts';

const sample = sharedFile('cdnow_sample_10pct.csv');
const master = sharedFile('cdnow_master.csv');

const titled = <F extends { readonly item: string; readonly source: string }>(figures: readonly F[]) =>
  figures.map((figure) => [figure.item, figure.source, figure] as const);

describe('published figures of single customers, with the parameters of the papers: no data needed', () => {
  test.each(titled(publishedFigures.single))('%s: %s', (_, __, figure) => {
    expect(compareFigure(figure, undefined)).not.toMatchObject({ agreement: 'different' });
  });
});

describe('paper against ours, as the web app shows it', () => {
  const shown = paperAgainstOurs();

  test('has every figure of the literature, with a figure of ours that agrees', () => {
    const cdnow = publishedFigures.cdnow.filter(({ source }) => !source.startsWith('not published'));
    expect(shown).toHaveLength(cdnow.length + publishedFigures.single.length);
    expect(shown.filter(({ agreement }) => agreement === 'different')).toEqual([]);
    expect(shown.filter(({ isRecorded }) => isRecorded)).toHaveLength(cdnow.length);
  });

  test('records nothing that is not published any more', () => {
    const published = new Set(publishedFigures.cdnow.map(({ source, item }) => `${source}: ${item}`));
    const recorded = Object.entries(recordedFigures).flatMap(([source, items]) =>
      Object.keys(items).map((item) => `${source}: ${item}`),
    );
    expect(recorded.filter((name) => !published.has(name))).toEqual([]);
  });
});

const isMissing = sample.isMissing || master.isMissing;

// The histories come from the files here, and from the warehouse in the command `verify`: two ways to one table.
describe.skipIf(isMissing)(`CDNOW${sample.note}${master.note}`, async () => {
  if (isMissing) {
    test('needs its files', () => undefined);
    return;
  }
  const histories = {
    calibration: loggedCustomers(sample.path, calibrationEnd, lastDay),
    sample: loggedCustomers(sample.path, lastDay),
    cohort: loggedCustomers(master.path, lastDay),
  };
  const evidence = await cdnowEvidence(histories);
  const { calibration: customers, fits, fitOf, headline } = evidence;

  test.each(titled(publishedFigures.cdnow))('%s: %s', (_, __, figure) => {
    expect(compareFigure(figure, evidence)).not.toMatchObject({ agreement: 'different' });
  });

  test.each(titled(publishedFigures.cdnow))('%s: %s is what is recorded for the web app', (item, source, figure) => {
    const digits = Math.max(0, figure.decimals) + 2;
    expect(Number(figure.compute(evidence).toFixed(digits))).toBe(recordedFigures[source]?.[item]);
  });

  test('2,357 customers, every fit converged', () => {
    expect(customers.length).toBe(2357);
    for (const { status, isUsable } of fits)
      expect({ status, isUsable }).toEqual({ status: 'converged', isUsable: true });
  });

  test('BG/NBD: ours is the higher top of the two, by less than rounding shows', () => {
    expect(bgNbdLogLikelihoods(evidence).isAsHigh).toBe(true);
    const { diagnosis, limit } = fitOf('bg-nbd');
    expect([diagnosis, limit]).toEqual([[], null]);
  });

  test('the zero-inflated models lose: their share that never returns is not identified', () => {
    const inflated = fitOf('zero-inflated-nbd');
    expect(inflated.limit?.model.name).toBe('nbd');
    expect(inflated.diagnosis[0]).toMatch(/^dropout is not identified: .* pi has no meaning$/);
    const best = fits.reduce((a, b) => (b.bic < a.bic ? b : a));
    expect(best.model.name).toBe('mbg-nbd');
    expect(fitOf('zero-inflated-poisson').bic - best.bic).toBeGreaterThan(1000);
  });

  test('P(no order of a newcomer in 39 weeks) is the first of the probabilities of 0, 1, 2, ... orders', () => {
    const newcomer = predictor(fitOf('bg-nbd')).ofNewcomer();
    expect(newcomer.orderProbabilities(weeks(39), 5)[0]).toBeCloseTo(newcomer.pNoOrder(weeks(39)), 12);
  });

  test('Gamma-Gamma: of totals instead of means the log-likelihood is lower by the sum of ln x, the rest the same', () => {
    const { spend } = evidence;
    const cells = repeatSpendCells(customers);
    const total = fitSpend(cells, 'total');
    const logs = customers
      .filter(({ repeatSpend }) => repeatSpend.mean > 0)
      .reduce((sum, { repeatSpend }) => sum + Math.log(repeatSpend.purchases), 0);
    expect(total.logLikelihood).toBeCloseTo(-4055.9177 - logs, 3);
    expect(relativeError(total.p, spend.p)).toBeLessThan(1e-6);
    expect(spendLogLikelihood(cells, spend.values, 'total')).toBeCloseTo(total.logLikelihood, 6);
  });

  test('the headline of JMR 2005 as the re-fit for this project has it', () => {
    expect(Math.round(headline.value)).toBe(1_100_623);
    expect(headline.value / headline.customers).toBeCloseTo(46.72, 2);
    expect(Math.abs(headline.onceValue - 53_087)).toBeLessThan(1);
  });
});
