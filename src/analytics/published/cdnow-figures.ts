import { expectedSpend } from '../models/gamma-gamma.ts';
import type { ModelName } from '../purchase-model.ts';
import type { CdnowEvidence } from './cdnow-evidence.ts';
import type { Headline } from './headline.ts';
import { correlation, type LoggedCustomer, meansByFrequency } from './logged-customer.ts';
import type { PublishedFigure } from './published-figure.ts';
import { publishedBgNbd } from './single-evaluations.ts';

type Figure = PublishedFigure<CdnowEvidence>;
type Allowed = NonNullable<Figure['allowed']>;

const table2 = 'Fader, Hardie, Lee 2005, Marketing Science, table 2';
const clvTools = 'CLVTools';
const lifetimes = 'lifetimes, BTYDplus';
const btyd = 'BTYD';
const rfmAndClv = 'Fader, Hardie, Lee 2005, JMR, p. 25';
/** The source of what no paper has. */
export const recomputed = 'not published: computed for this project';

/** Figures that come as a list under one heading. */
function list(
  items: readonly string[],
  {
    source,
    printed,
    decimals,
  }: { readonly source: string; readonly printed: readonly number[]; readonly decimals: number },
  compute: (evidence: CdnowEvidence, index: number) => number,
  allowed?: (printed: number) => Allowed,
): Figure[] {
  return printed.map((value, index) => ({
    ...{ item: items[index] ?? '', source, printed: value, decimals },
    ...(allowed && { allowed: allowed(value) }),
    compute: (evidence) => compute(evidence, index),
  }));
}

const relative =
  (part: number, why: string) =>
  (printed: number): Allowed => ({ difference: part * Math.abs(printed), why });

const parametersOf = (title: string, names: readonly string[]) => names.map((name) => `${title} ${name}`);
const fittedValue = (name: ModelName) => (evidence: CdnowEvidence, index: number) =>
  evidence.fitOf(name).values[index] ?? Number.NaN;
const standardError = (name: ModelName) => (evidence: CdnowEvidence, index: number) =>
  evidence.fitOf(name).parameters[index]?.standardError ?? Number.NaN;
const logLikelihood = (name: ModelName, title: string, source: string, printed: number, decimals: number): Figure => ({
  ...{ item: `${title} log-likelihood`, source, printed, decimals },
  compute: ({ fitOf }) => fitOf(name).logLikelihood,
});

const bgNames = ['r', 'alpha', 'a', 'b'];
const paretoNames = ['r', 'alpha', 's', 'beta'];
const errors = (title: string, names: readonly string[]) => names.map((name) => `${title} standard error of ${name}`);
const searchEnd = 'their search ended beside the top: see the log-likelihoods';
const theirHessian = 'standard errors rest on second derivatives, which each program takes in its own way';

const fits: readonly Figure[] = [
  ...list(
    parametersOf('BG/NBD', bgNames),
    { source: table2, printed: [0.243, 4.414, 0.793, 2.426], decimals: 3 },
    fittedValue('bg-nbd'),
  ),
  ...list(
    parametersOf('BG/NBD', bgNames),
    { source: clvTools, printed: publishedBgNbd, decimals: 7 },
    fittedValue('bg-nbd'),
    relative(1e-5, searchEnd),
  ),
  logLikelihood('bg-nbd', 'BG/NBD', table2, -9582.429, 3),
  ...list(
    errors('BG/NBD', bgNames),
    { source: 'lifetimes, documentation', printed: [0.012557, 0.378221, 0.185719, 0.705345], decimals: 6 },
    standardError('bg-nbd'),
    relative(1.5e-4, theirHessian),
  ),
  ...list(
    parametersOf('Pareto/NBD', paretoNames),
    { source: table2, printed: [0.553, 10.578, 0.606, 11.669], decimals: 3 },
    fittedValue('pareto-nbd'),
  ),
  logLikelihood('pareto-nbd', 'Pareto/NBD', table2, -9594.976, 3),
  ...list(
    errors('Pareto/NBD', paretoNames),
    { source: clvTools, printed: [0.0476, 0.8427, 0.1873, 6.2105], decimals: 4 },
    standardError('pareto-nbd'),
    relative(6e-4, theirHessian),
  ),
  ...list(
    parametersOf('MBG/NBD', bgNames),
    { source: lifetimes, printed: [0.525, 6.183, 0.891, 1.614], decimals: 3 },
    fittedValue('mbg-nbd'),
  ),
  logLikelihood('mbg-nbd', 'MBG/NBD', lifetimes, -9582.136, 3),
  ...list(
    parametersOf('NBD', ['r', 'alpha']),
    { source: recomputed, printed: [0.385, 12.072], decimals: 3 },
    fittedValue('nbd'),
  ),
  ...list(
    parametersOf('zero-inflated Poisson', ['lambda', 'pi']),
    { source: recomputed, printed: [0.0716, 0.5547], decimals: 4 },
    fittedValue('zero-inflated-poisson'),
  ),
  logLikelihood('zero-inflated-poisson', 'zero-inflated Poisson', recomputed, -10187.23, 2),
];

const byX = (title: string) => Array.from({ length: 8 }, (_, x) => `${title}, x = ${x}${x === 7 ? '+' : ''}`);
const meanByX = (figure: (evidence: CdnowEvidence, customer: LoggedCustomer) => number) => {
  return (evidence: CdnowEvidence, x: number): number =>
    meansByFrequency(evidence.calibration, 7, (customer) => figure(evidence, customer))[x] ?? Number.NaN;
};

const theirParameters = 'rounding the parameters to three digits alone moves these means by up to 0.0005';
const holdouts: readonly Figure[] = [
  ...list(
    byX('BG/NBD holdout orders'),
    { source: btyd, printed: [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.504, 6.157], decimals: 4 },
    meanByX(({ expected }, customer) => expected('bg-nbd', customer)),
    () => ({ difference: 2.5e-4, why: theirParameters }),
  ),
  ...list(
    byX('Pareto/NBD holdout orders'),
    { source: btyd, printed: [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], decimals: 3 },
    meanByX(({ expected }, customer) => expected('pareto-nbd', customer)),
    () => ({ difference: 7e-4, why: theirParameters }),
  ),
  ...list(
    byX('actual holdout orders'),
    { source: btyd, printed: [0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594], decimals: 4 },
    meanByX((_, { later }) => later),
  ),
  ...(['bg-nbd', 'pareto-nbd'] as const).map(
    (name): Figure => ({
      item: `${name === 'bg-nbd' ? 'BG/NBD' : 'Pareto/NBD'} correlation with actual orders`,
      ...{
        source: 'Fader, Hardie, Lee 2005, Marketing Science, table 3',
        printed: name === 'bg-nbd' ? 0.626 : 0.63,
        decimals: 3,
      },
      compute: ({ calibration, expected }) =>
        correlation(
          calibration.map((customer) => expected(name, customer)),
          calibration.map(({ later }) => later),
        ),
    }),
  ),
];

const spend: readonly Figure[] = [
  ...list(
    parametersOf('Gamma-Gamma', ['p', 'q', 'gamma']),
    { source: 'Fader, Hardie, Lee 2005, JMR', printed: [6.25, 3.74, 15.44], decimals: 2 },
    ({ spend: { p, q, gamma } }, index) => [p, q, gamma][index] ?? Number.NaN,
  ),
  {
    ...{
      item: 'Gamma-Gamma log-likelihood, of means',
      source: 'Fader, Hardie, Lee 2005, JMR',
      printed: -4055.918,
      decimals: 3,
    },
    compute: (evidence) => evidence.spend.logLikelihood,
  },
  ...list(
    Array.from({ length: 6 }, (_, i) => `expected amount, customer ${i + 1} by first day, $`),
    { source: 'Hardie, note 025', printed: [24.65, 18.91, 35.17, 35.17, 35.17, 71.46], decimals: 2 },
    (evidence, index) => {
      const { purchases = 0, mean = 0 } = evidence.calibration[index]?.repeatSpend ?? {};
      return expectedSpend(evidence.spend, purchases, mean) ?? Number.NaN;
    },
  ),
];

const ofHeadline = (item: string, printed: number, decimals: number, compute: (found: Headline) => number): Figure => ({
  ...{ item, source: rfmAndClv, printed, decimals },
  compute: ({ headline }) => compute(headline),
});

/** The headline of 2005, which needs the full log. */
const headlines: readonly Figure[] = [
  ofHeadline('customers of the full cohort', 23_560, 0, ({ customers }) => customers),
  ofHeadline('value of the full cohort, $', 1_100_000, -5, ({ value }) => value),
  ofHeadline('value of a customer, $', 47, 0, ({ value, customers }) => value / customers),
  ofHeadline('one-time buyers', 12_054, 0, ({ onceCustomers }) => onceCustomers),
  ofHeadline('value of the one-time buyers, $', 53_000, -3, ({ onceValue }) => onceValue),
  ofHeadline('value of a one-time buyer, $', 4.4, 2, ({ onceValue, onceCustomers }) => onceValue / onceCustomers),
];

/** Every published figure of CDNOW that needs its log, from the paper of a model to the headline. */
export const cdnowFigures: readonly Figure[] = [...fits, ...holdouts, ...spend, ...headlines];
