import { beforeAll, describe, expect, test } from 'vitest';
import { predictor } from '../../src/analytics/customer-outlook.ts';
import { type FittedModel, fitPurchaseModel } from '../../src/analytics/fit.ts';
import { fitSpend } from '../../src/analytics/models/gamma-gamma.ts';
import { nbd } from '../../src/analytics/models/nbd.ts';
import { paretoNbd } from '../../src/analytics/models/pareto-nbd.ts';
import { zeroInflatedPoisson } from '../../src/analytics/models/zero-inflated-poisson.ts';
import { cdnowEvidence } from '../../src/analytics/published/cdnow-evidence.ts';
import { repeatSpendCells } from '../../src/analytics/published/headline.ts';
import { calibrationEnd, lastDay, meansByFrequency } from '../../src/analytics/published/logged-customer.ts';
import { compareFigure } from '../../src/analytics/published/published-figure.ts';
import { publishedFigures } from '../../src/analytics/published/published-figures.ts';
import { purchaseCells } from '../../src/analytics/purchase-cells.ts';
import { weeks } from '../../src/analytics/units.ts';
import { loggedCustomers } from '../analytics/shared-customers.ts';
import { sharedFile } from '../support/shared-data.ts';
import { expectSentence, expectShown, numbersIn, tableOf } from './methods-page.ts';
import { type FileFigures, figuresOfFile, type Parameter } from './real-file-figures.ts';

const [hecFile, master, sample] = [
  sharedFile('hec_orders.csv'),
  sharedFile('cdnow_master.csv'),
  sharedFile('cdnow_sample_10pct.csv'),
];
const noRuns = hecFile.isMissing || master.isMissing;

describe.skipIf(noRuns)(`docs/methods.md says what runs over two files give${hecFile.note}${master.note}`, () => {
  let hec: FileFigures;
  let cdnow: FileFigures;

  beforeAll(async () => {
    hec = await figuresOfFile(hecFile.path);
    cdnow = await figuresOfFile(master.path);
  }, 300_000);

  test('the overview, every row of it', () => {
    const rows = tableOf('Of a run');
    expect(rows.map((row) => row.get('Of a run'))).toEqual([...hec.overview.keys()]);
    for (const row of rows) {
      const label = row.get('Of a run') ?? '';
      expectShown(row.get('HEC') ?? '', hec.overview.get(label) ?? '', `HEC, ${label}`);
      expectShown(row.get('CDNOW') ?? '', cdnow.overview.get(label) ?? '', `CDNOW, ${label}`);
    }
  });

  test('log-likelihoods and log scores of the purchase models', () => {
    const rows = tableOf('Purchase model');
    expect(rows).toHaveLength(hec.purchaseModels.size);
    for (const row of rows) {
      const title = row.get('Purchase model') ?? '';
      for (const [name, { purchaseModels }] of Object.entries({ HEC: hec, CDNOW: cdnow })) {
        const { logLikelihood, logScore } = purchaseModels.get(title) ?? { logLikelihood: 0, logScore: 0 };
        expectShown(row.get(`${name} log-likelihood`) ?? '', logLikelihood, `${name}, ${title}`);
        expectShown(row.get(`${name} log score`) ?? '', logScore ?? Number.NaN, `${name}, ${title}`);
      }
    }
    const best = (of: 'logLikelihood' | 'logScore') =>
      [...cdnow.purchaseModels].reduce((a, b) => ((b[1][of] ?? -1e9) > (a[1][of] ?? -1e9) ? b : a))[0];
    expect([best('logLikelihood'), best('logScore')]).toEqual(['MBG/NBD', 'Pareto/NBD']);
  });

  test('errors of the spend models', () => {
    const title = 'Root mean squared error of later purchases';
    const rows = tableOf(title);
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const model = row.get(title) ?? '';
      expectShown(row.get('HEC') ?? '', hec.spendErrors.get(model) ?? 0, `HEC, ${model}`);
      expectShown(row.get('CDNOW') ?? '', cdnow.spendErrors.get(model) ?? 0, `CDNOW, ${model}`);
    }
  });

  test('what was expected and what came, by the number of repeat purchases', () => {
    const rows = tableOf('x');
    expect(rows).toHaveLength(8);
    for (const [x, row] of rows.entries()) {
      for (const [name, { calibration }] of Object.entries({ HEC: hec, CDNOW: cdnow })) {
        const found = calibration.get(x);
        const isShown = found !== undefined && found.customers >= 100;
        expectShown(row.get(`${name} expected`) ?? '', isShown ? found.expected : Number.NaN, `${name}, x = ${x}`);
        expectShown(row.get(`${name} actual`) ?? '', isShown ? found.actual : Number.NaN, `${name}, x = ${x}`);
      }
    }
  });

  test('where the parameters go on HEC', () => {
    const rows = tableOf('Model on HEC');
    expect(rows).toHaveLength(hec.parameters.size);
    for (const row of rows) {
      const title = row.get('Model on HEC') ?? '';
      const parameters = hec.parameters.get(title) ?? [];
      for (const shown of (row.get('Parameters') ?? '').split(/, (?=[a-z])/)) {
        const [, name, value = '', bound] = /^(\w+) ([\d.,]+)(?: \((\w+) bound\))?$/.exec(shown) ?? [];
        const parameter: Parameter | undefined = parameters.find((one) => one.name === name);
        expectShown(value, parameter?.value ?? 0, `${title}, ${shown}`);
        expect(parameter?.atBound ?? undefined, `${title}, ${shown}`).toBe(bound);
      }
      expectShown(row.get('Log-likelihood') ?? '', hec.purchaseModels.get(title)?.logLikelihood ?? 0, title);
      expect(row.get('Became'), title).toBe(parameters[0]?.limit ?? '');
    }
    const [a, b] = ['a', 'b'].map((one) => hec.parameters.get('MBG/NBD')?.find(({ name }) => name === one)?.value ?? 0);
    expectSentence(/a share \$a \/ \(a \+ b\)\$ of ([\d.]+) that leaves at once/, [(a ?? 0) / ((a ?? 0) + (b ?? 0))]);
  });

  test('the past days of HEC, and what was learned from', () => {
    const rows = tableOf('Day of HEC').map((row) => [...row.values()]);
    const days = hec.days.map(({ date, role, learnedFrom, latest }) => [
      ...[date, role],
      ...[learnedFrom === null ? '' : String(learnedFrom), latest ?? ''],
    ]);
    expect(rows).toEqual(days);
  });

  test('figures in sentences', () => {
    const of = ({ overview }: FileFigures, label: string) => Number(overview.get(label));
    expectSentence(/they are most customers: on HEC ([\d.]+) %/, [of(hec, 'bought on one day only')]);
    expectSentence(
      /the standard error is ([\d.]+) times as large on HEC and ([\d.]+) times on CDNOW/,
      [hec, cdnow].map((file) => of(file, 'its standard error, if customers are kept together, times')),
    );
    expectSentence(
      /Only the horizon is tested, (\d+) days on HEC and (\d+) on CDNOW/,
      [hec, cdnow].map((file) => of(file, 'churn horizon in days')),
    );
    const { expected = 0, actual = 0 } = cdnow.calibration.get(0) ?? {};
    expectSentence(/it expects ([\d.]+) orders where ([\d.]+) came/, [expected, actual]);
    expectSentence(/on HEC that is so, (\d+) dates fell within/, [of(hec, 'dates tested')]);
    expectSentence(/on CDNOW, where (\d+) of ([\d,]+) customers began in another\s+quarter/, [
      cdnow.oddCohorts,
      of(cdnow, 'customers with a purchase'),
    ]);
    expectSentence(/On HEC there is none, on CDNOW there is one/, []);
    expect([hec, cdnow].map(({ overview }) => overview.get('corrections of the churn model'))).toEqual([
      'none',
      'kept',
    ]);
  });
});

describe.skipIf(hecFile.isMissing)(`docs/methods.md on single fits to HEC${hecFile.note}`, () => {
  test('after 2022-05-15: orders by the number of repeat purchases', () => {
    const customers = loggedCustomers(hecFile.path, '2022-05-15', '2022-11-16');
    const cells = purchaseCells('week', customers);
    const expectedBy = ({ model, unit, values }: FittedModel<'week'>) => {
      const { of } = predictor({ model, unit, values });
      return meansByFrequency(customers, 4, (customer) => of(customer).expectedOrders(weeks(185 / 7)));
    };
    const computed = new Map([
      ['actual', meansByFrequency(customers, 4, ({ later }) => later)],
      ...[zeroInflatedPoisson, nbd].map((model): [string, number[]] => [
        model.title,
        expectedBy(fitPurchaseModel(model, cells)),
      ]),
    ]);
    const title = 'HEC after 2022-05-15, orders in 185 days';
    for (const row of tableOf(title)) {
      const label = row.get(title) ?? '';
      for (let x = 0; x < 4; x++) expectShown(row.get(`x = ${x}`) ?? '', computed.get(label)?.[x] ?? 0, label);
    }
  });

  test('the Pareto/NBD comes near the zero-inflated Poisson outside its bounds', () => {
    const cells = purchaseCells('week', loggedCustomers(hecFile.path, '2022-11-16'));
    const at = paretoNbd.logLikelihood(cells, Float64Array.of(9_000, 915_000, 0.005, 1e-81));
    const form =
      /With \$r\$ = ([\d,]+), \$\\alpha\$ = ([\d,]+), \$s\$ = ([\d.]+) and \$\\beta = 10\^\{-81\}\$ weeks its log-likelihood on HEC is (-[\d,.]+\d)/;
    expectSentence(form, [9_000, 915_000, 0.005, at]);
  });
});

const noPapers = sample.isMissing || master.isMissing;

describe.skipIf(noPapers)(`docs/methods.md has the published figures${sample.note}${master.note}`, async () => {
  if (noPapers) {
    test('needs its files', () => undefined);
    return;
  }
  const evidence = await cdnowEvidence({
    calibration: loggedCustomers(sample.path, calibrationEnd, lastDay),
    sample: loggedCustomers(sample.path, lastDay),
    cohort: loggedCustomers(master.path, lastDay),
  });
  const compared = [
    ...publishedFigures.cdnow.map((figure) => compareFigure(figure, evidence)),
    ...publishedFigures.single.map((figure) => compareFigure(figure, undefined)),
  ].filter(({ source }) => !source.startsWith('not published'));

  test('each of them once, in the order of verify, as printed and as computed here', () => {
    let next = 0;
    for (const row of tableOf('Published')) {
      const paper = (row.get('Paper') ?? '').split('; ');
      const ours = (row.get('Ours') ?? '').split('; ');
      expect(ours).toHaveLength(paper.length);
      for (const [index, printed] of paper.entries()) {
        const figure = compared[next++];
        if (figure === undefined) throw new Error(`more figures than there are: ${row.get('Published')}`);
        const decimals = Math.max(0, figure.decimals);
        const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        const where = `${row.get('Published')}: ${figure.item}`;
        expect(row.get('Source'), where).toBe(figure.source);
        expect(row.get('Published')?.split(' ')[0], where).toBe(figure.item.split(' ')[0]);
        expect(printed, where).toBe(figure.paper.toLocaleString('en-US', format));
        expectShown(ours[index] ?? '', figure.ours ?? 0, where);
      }
    }
    expect(next).toBe(compared.length);
    const exact = compared.filter(({ agreement }) => agreement === 'digits').length;
    expectSentence(/Of (\d+) published figures (\d+) agree in every printed digit and (\d+) to within/, [
      ...[compared.length, exact, compared.length - exact],
    ]);
    expectSentence(/The last (\d+) need no data/, [publishedFigures.single.length]);
  });

  test('sentences on the sample of CDNOW', () => {
    const { calibration, spend, fitOf } = evidence;
    const total = fitSpend(repeatSpendCells(calibration), 'total');
    expectSentence(/(-[\d,.]+) for means and (-[\d,.]+\d) for sums/, [spend.logLikelihood, total.logLikelihood]);
    const beta = fitOf('pareto-nbd').parameters[3];
    expectSentence(
      /On the ([\d,]+) customers of CDNOW's sample, \$\\beta\$ is ([\d.]+) with a standard error of ([\d.]+\d)/,
      [...[calibration.length, beta?.value ?? 0, beta?.standardError ?? 0]],
    );
    const note = publishedFigures.single.find(({ item }) => item.includes('x 200') && item.startsWith('BG/NBD'));
    expect(numbersIn('gives 100.7957 there')).toEqual([String(note?.printed)]);
    expectSentence(/overflows at 200 purchases, this one gives ([\d.]+\d) there/, [note?.printed ?? 0]);
  });
});
