import { areaUnderCurve } from '../../src/analytics/classification/area-under-curve.ts';
import { purchaseModels } from '../../src/analytics/fit.ts';
import type { RowObject } from '../../src/index.ts';
import { openShop } from '../support/run-shop.ts';

/** What a run over a file gives, for the tables of docs/methods.md. */
export interface FileFigures {
  /** By the label in the first column. */
  readonly overview: ReadonlyMap<string, string | number>;
  /** Log-likelihood on the as-of date and mean log score of the past days, by the title of the model. */
  readonly purchaseModels: ReadonlyMap<string, { readonly logLikelihood: number; readonly logScore: number | null }>;
  /** Root mean squared error of later purchases, by the name of the spend model. */
  readonly spendErrors: ReadonlyMap<string, number>;
  /** Purchase days within the horizon by the number of repeat purchases so far, 7 for 7 and more. */
  readonly calibration: ReadonlyMap<
    number,
    { readonly expected: number; readonly actual: number; readonly customers: number }
  >;
  /** Parameters of the as-of date, by the title of the model. */
  readonly parameters: ReadonlyMap<string, readonly Parameter[]>;
  readonly days: readonly PastDay[];
  /** Customers whose month of the first purchase differs from the rate of all, on the days that the churn model was trained on. */
  readonly oddCohorts: number;
}

export interface Parameter {
  readonly name: string;
  readonly value: number;
  readonly atBound: string | null;
  readonly limit: string | null;
}

export interface PastDay {
  readonly date: string;
  readonly role: string;
  /** Days that the churn model was trained on; null where none was needed. */
  readonly learnedFrom: number | null;
  readonly latest: string | null;
}

type Query = (sql: string) => Promise<RowObject[]>;

/** Runs the pipeline over a file in a data folder of its own, and reads the figures of the page. */
export async function figuresOfFile(path: string): Promise<FileFigures> {
  await using shop = await openShop();
  await shop.run([path]);
  const { query } = shop;
  return {
    overview: await overviewOf(query),
    ...(await modelsOf(query)),
    spendErrors: await spendErrorsOf(query),
    calibration: await calibrationOf(query),
    days: await daysOf(query),
    oddCohorts: await oddCohortsOf(query),
  };
}

const titleOf = (name: unknown): string => purchaseModels.find((model) => model.name === name)?.title ?? String(name);

const spendTitles: Readonly<Record<string, string>> = {
  constant: 'constant',
  'gamma-gamma': 'Gamma-Gamma, repeat purchases',
  'gamma-gamma-all': 'Gamma-Gamma, all purchases',
};

async function overviewOf(query: Query): Promise<Map<string, string | number>> {
  const [base] = await query(`
    select count(*) as customers, count(*) filter (where frequency = 0) as once
    from business.customer_histories where cut_role = 'score'`);
  const [window] = await query('select * from business.observation_window');
  const [purchases] = await query('select distinct model from business.purchase_model_choice where is_chosen');
  const [spend] = await query('select distinct model from business.spend_model_choice where is_chosen');
  const [churn] = await query(`
    select bool_or(coefficient <> case when feature = 'purchase_model' then 1 else 0 end) as is_corrected
    from business.churn_models inner join business.backtest_cuts using (cut_date) where cut_role = 'score'`);
  const grades = await query('select * from business.prediction_grades');
  const tests = await query("select * from business.model_backtests where cut = 'all'");
  const grade = (score: string) => String(grades.find((row) => row.score === score)?.grade);
  const test = (score: string, metric: string, method = 'model') =>
    tests.find((row) => row.score === score && row.metric === metric && row.method === method);
  const of = (score: string, metric: string, method = 'model') => Number(test(score, metric, method)?.value);
  const saved = (score: string) => 100 * (1 - (of(score, 'rmse') / of(score, 'rmse', 'constant')) ** 2);
  return new Map<string, string | number>([
    ['customers with a purchase', Number(base?.customers)],
    ['bought on one day only', (100 * Number(base?.once)) / Number(base?.customers)],
    ['days of history', Number(window?.history_days)],
    ['median days to the next order', Number(window?.median_days_to_next_order)],
    ['churn horizon in days', Number(window?.churn_horizon_days)],
    ['past days tested', Number(grades[0]?.backtested_days)],
    ['purchase model', titleOf(purchases?.model)],
    ['spend model', spendTitles[String(spend?.model)] ?? ''],
    ['corrections of the churn model', churn?.is_corrected === true ? 'kept' : 'none'],
    ['churn risk', grade('churn_risk')],
    ['AUC', of('churn_risk', 'auc')],
    ['lower end of its interval', Number(test('churn_risk', 'auc')?.low)],
    ['upper end of its interval', Number(test('churn_risk', 'auc')?.high)],
    ['its standard error, if customers are kept together, times', await clusteredError(query)],
    ['AUC of recency alone', of('churn_risk', 'auc', 'recency')],
    ['AUC of the number of orders alone', of('churn_risk', 'auc', 'order_count')],
    ['log loss', of('churn_risk', 'log_loss')],
    ['log loss of the constant', of('churn_risk', 'log_loss', 'constant')],
    ['log loss of recency alone', of('churn_risk', 'log_loss', 'recency')],
    ['log loss of the number of orders alone', of('churn_risk', 'log_loss', 'order_count')],
    ['Brier score', of('churn_risk', 'brier')],
    ['calibration slope', of('churn_risk', 'calibration_slope')],
    ['lift of the first tenth', of('churn_risk', 'lift_top_decile')],
    ['expected orders', grade('expected_orders')],
    ['expected over actual orders', 100 * of('expected_orders', 'ratio')],
    ['squared error of orders saved', saved('expected_orders')],
    ['correlation of orders', of('expected_orders', 'correlation')],
    ['orders in their 80 % interval', 100 * of('expected_orders', 'coverage')],
    ['should be in it', 100 * of('expected_orders', 'expected_coverage')],
    ['predicted value', grade('predicted_value')],
    ['expected over actual revenue', 100 * of('predicted_value', 'ratio')],
    ['squared error of revenue saved', saved('predicted_value')],
    ['correlation of revenue', of('predicted_value', 'correlation')],
    ['revenue in its 80 % interval', 100 * of('predicted_value', 'coverage')],
    ['revenue from the first tenth', 100 * of('predicted_value', 'top_decile_share')],
    ['the same by what was paid so far', 100 * of('predicted_value', 'top_decile_share', 'run_rate')],
    ['next order', grade('next_order')],
    ['dates tested', Number(test('next_order', 'share_by_median')?.customers ?? 0)],
    ['ordered by the median date', 100 * of('next_order', 'share_by_median')],
  ]);
}

/**
 * The standard error of the AUC with the days of one customer kept together (Obuchowski 1997), over the one with all days of all
 * customers apart.
 */
async function clusteredError(query: Query): Promise<number> {
  const rows = await query(`
    select customer_id, round(cast(churn_probability as decimal(12, 8)), 4) as p, purchases_in_horizon = 0 as churned
    from business.customer_scores
    where cut_role = 'evaluate' order by p`);
  const byScore = Map.groupBy(rows, ({ p }) => Number(p));
  const events = rows.filter(({ churned }) => churned === true).length;
  const nonEvents = rows.length - events;
  const area = areaUnderCurve(
    [...byScore].map(([score, all]) => {
      const own = all.filter(({ churned }) => churned === true).length;
      return { probability: score, events: own, nonEvents: all.length - own };
    }),
  );
  if (area === null) return Number.NaN;
  const byCustomer = new Map<unknown, number>();
  const below = { events: 0, nonEvents: 0 };
  for (const all of byScore.values()) {
    const own = all.filter(({ churned }) => churned === true).length;
    const others = all.length - own;
    const ofEvents = ((below.nonEvents + others / 2) / nonEvents - area.value) / events;
    const ofNonEvents = (1 - (below.events + own / 2) / events - area.value) / nonEvents;
    for (const { customer_id: id, churned } of all) {
      byCustomer.set(id, (byCustomer.get(id) ?? 0) + (churned === true ? ofEvents : ofNonEvents));
    }
    below.events += own;
    below.nonEvents += others;
  }
  const squares = [...byCustomer.values()].reduce((sum, one) => sum + one ** 2, 0);
  return Math.sqrt(squares) / area.standardError;
}

async function modelsOf(query: Query): Promise<Pick<FileFigures, 'purchaseModels' | 'parameters'>> {
  const rows = await query(
    "select * from business.prediction_models where subject = 'purchases' order by model, parameter_position",
  );
  const scores = await query(`
    select model, sum(customers * log_score) / sum(customers) as log_score
    from business.purchase_model_choice group by model`);
  const byModel = Map.groupBy(rows, ({ model }) => titleOf(model));
  const scoreOf = new Map(scores.map(({ model, log_score: score }) => [titleOf(model), Number(score)]));
  return {
    purchaseModels: new Map(
      [...byModel].map(([title, [row]]) => [
        title,
        { logLikelihood: Number(row?.log_likelihood), logScore: scoreOf.get(title) ?? null },
      ]),
    ),
    parameters: new Map(
      [...byModel].map(([title, all]) => [
        title,
        all.map((row) => ({
          ...{ name: String(row.parameter), value: Number(row.value) },
          atBound: row.at_bound === null ? null : String(row.at_bound),
          limit: row.limit_model === null ? null : titleOf(row.limit_model),
        })),
      ]),
    ),
  };
}

async function spendErrorsOf(query: Query): Promise<Map<string, number>> {
  const rows = await query(`
    select model, sqrt(sum(purchases * squared_error) / sum(purchases)) as error
    from business.spend_model_choice where purchases > 0 group by model`);
  return new Map(rows.map(({ model, error }) => [spendTitles[String(model)] ?? '', Number(error)]));
}

async function calibrationOf(query: Query): Promise<FileFigures['calibration']> {
  const rows = await query(`
    select * from business.model_calibration where score = 'expected_orders' and grouping = 'frequency'`);
  return new Map(
    rows.map((row) => [
      Number(row.group_number),
      { expected: Number(row.predicted), actual: Number(row.actual), customers: Number(row.customers) },
    ]),
  );
}

async function daysOf(query: Query): Promise<PastDay[]> {
  const rows = await query(`
    select
      cast(cuts.cut_date as varchar) as cut_date, cut_role,
      max(trained_on_cuts) as trained_on_cuts, cast(max(latest_training_cut) as varchar) as latest
    from business.backtest_cuts as cuts left join business.churn_models as models on cuts.cut_date = models.cut_date
    group by 1, 2 order by 1 desc`);
  return rows.map((row) => ({
    ...{ date: String(row.cut_date), role: String(row.cut_role) },
    learnedFrom: row.trained_on_cuts === null ? null : Number(row.trained_on_cuts),
    latest: row.latest === null ? null : String(row.latest),
  }));
}

async function oddCohortsOf(query: Query): Promise<number> {
  const [row] = await query(`
    select count(distinct customer_id) as customers from business.customer_histories
    where cohort_level <> 0 and cut_date in (
      select cut_date from business.backtest_cuts where cut_role <> 'score' order by cut_date desc limit (
        select max(trained_on_cuts) from business.churn_models inner join business.backtest_cuts using (cut_date)
        where cut_role = 'score'))`);
  return Number(row?.customers);
}
