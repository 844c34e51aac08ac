import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinModelsDir } from '../src/api/folders.ts';
import { configSchema } from '../src/config/schema.ts';
import type { LayerLocations } from '../src/engines/engine.ts';
import { openEngine } from '../src/engines/open-engine.ts';
import { loadProject } from '../src/project/load-project.ts';
import { relationsOf } from '../src/project/relations.ts';
import { modelVariables } from '../src/project/variables.ts';
import { runChecks } from '../src/quality/run-checks.ts';
import { buildModel } from '../src/run/build-model.ts';
import { relationKeys } from '../src/run/relation-keys.ts';

/**
 * Time and memory of the prediction models on DuckDB against the number of customers:
 * `npm run bench:predictions [-- CUSTOMERS ... | --all]`. The warehouse of a simulated shop is made by SQL, since reading files
 * is not in question here; then a process of its own builds, checks and writes out the models one after the other, as a run
 * does. `--all` adds 10,000,000 customers. Seconds of each model go to stderr.
 */
const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];
const ALL_SIZES = [...DEFAULT_SIZES, 10_000_000];
const AS_OF = '2025-12-31';
const SETTINGS = { memoryLimit: '12GB' };
const GROUPS = {
  histories: ['observation_window', 'backtest_cuts', 'customer_histories'],
  fits: ['model_fits'],
  outlooks: [
    ...['purchase_model_choice', 'spend_model_choice', 'history_outlooks', 'prediction_cells', 'customer_outlooks'],
  ],
  backtests: [
    ...['churn_models', 'customer_scores', 'model_backtests', 'model_calibration', 'leak_audit', 'prediction_grades'],
    'prediction_models',
  ],
  scoring: ['customer_predictions'],
  totals: ['customer_segments', 'prediction_totals'],
};
/** Headings of a table, with the figure below each. */
const TABLES: readonly Figures<string>[] = [
  {
    ...{ customers: 'customers', histories: 'histories s', fits: 'fits s', outlooks: 'choice and outlooks s' },
    ...{ backtests: 'churn and backtests s', scoring: 'scoring s', totals: 'totals s', checks: 'checks s' },
    ...{ writing: 'writing s', whole: 'whole s', javascript: 'peak JavaScript MiB', process: 'peak process MiB' },
  },
  {
    ...{ customers: 'customers', orders: 'orders', cell_days: 'cell days', sample_share: 'sample share' },
    ...{ customer_histories: 'customer_histories rows', history_outlooks: 'history_outlooks rows' },
    ...{ prediction_cells: 'prediction_cells rows' },
  },
];

type Figures<T = number> = Record<string, T>;

/**
 * Orders of customers won evenly over two years. A third never returns; the others buy at rates of their own (products of two
 * exponentials) until they leave (Pareto distributed lifetimes). Given rate and lifetime, times are uniform and counts geometric.
 */
function shopSql(customers: number): string {
  /** The same for the same customer, order and number of the draw (below 32), unrelated for others. */
  const uniform = (draw: number, k = '0') => `(((hash((i * 512 + ${k}) * 32 + ${draw}) >> 11) + 0.5) / pow(2, 53))`;
  const normal = (draw: number, k = '0') =>
    `(sqrt(-2 * ln(${uniform(draw, k)})) * cos(2 * pi() * ${uniform(draw + 1, k)}))`;
  return `
    create table warehouse.dim_order as
    with bases as (
      select i, cast(ceil(730 * ${uniform(0)}) as integer) as age, 3.5 + 0.5 * ${normal(1)} as level,
        case when ${uniform(3)} < 0.35 then 0 else 200 * (pow(${uniform(4)}, -1 / 1.5) - 1) end as lifetime
      from range(${customers}) as numbers (i)
    ), lives as (
      select *, least(age, lifetime) as life, 1e-9 - 0.015 * ln(${uniform(5)}) * least(age, lifetime) as mean from bases
    ), orders as (
      select *, unnest(range(1 + least(500, cast(floor(ln(${uniform(6)}) / ln(mean / (1 + mean))) as integer)))) as k from lives
    )
    select 'C' || lpad(cast(i as varchar), 9, '0') as customer_id, false as is_return,
      date '${AS_OF}' - age + case when k = 0 then 0 else cast(ceil(life * ${uniform(7, 'k')}) as integer) end as order_date,
      cast(1 + exp(level + 0.6 * ${normal(8, 'k')}) as decimal(18, 2)) as order_amount,
      case when ${uniform(10, 'k')} < 0.04 then -order_amount else 0 end as returned_amount
    from orders;`;
}

const customersSql = `
  create table warehouse.dim_customer as
  select customer_id, count(*) as total_orders, sum(order_amount + returned_amount) as total_spent,
    count(distinct order_date) as purchase_days, date '${AS_OF}' - min(order_date) as days_since_first_order,
    date '${AS_OF}' - max(order_date) as days_since_last_order
  from warehouse.dim_order group by customer_id order by customer_id;`;

async function openWorkspace(dataDir: string, snapshotId: string, carried: Partial<LayerLocations>) {
  const config = configSchema.parse({ ...SETTINGS, dataDir });
  const workspace = await openEngine(config, {}).createWorkspace({ snapshotId, carried });
  const project = await loadProject({ builtinDir: builtinModelsDir(), engine: 'duckdb' });
  const relations = relationsOf(project, (layer, name) => workspace.relation(layer, name));
  const vars = modelVariables(config, { asOf: AS_OF });
  const modelNamed = (name: string) => {
    const model = project.models.get(name);
    if (model === undefined) throw new Error(`there is no model ${name}`);
    return model;
  };
  const common = { workspace, relations, vars, engine: 'duckdb', models: project.models } as const;
  const build = (name: string) =>
    buildModel(modelNamed(name), {
      ...common,
      keys: relationKeys(modelNamed(name), project),
      assignments: () => [],
      onSql: () => {},
    });
  const check = (name: string) => runChecks(modelNamed(name), workspace, { relationOf: relations.model });
  return { workspace, build, check };
}

async function makeShop(dataDir: string, customers: number): Promise<LayerLocations> {
  const { workspace, build } = await openWorkspace(dataDir, 'shop', {});
  await workspace.execute(`${shopSql(customers)} ${customersSql}`);
  await build('agg_purchase_days');
  return workspace.seal();
}

/** The most memory that JavaScript has held, looked at whenever it takes a breath. */
function watchJavaScript(): () => number {
  let peak = 0;
  const look = () => {
    const { heapUsed, external } = process.memoryUsage();
    peak = Math.max(peak, (heapUsed + external) / 2 ** 20);
  };
  setInterval(look, 20).unref();
  return () => peak;
}

async function measure(dataDir: string, { staging, warehouse }: LayerLocations): Promise<Figures> {
  const { workspace, build, check } = await openWorkspace(dataDir, 'measured', { staging, warehouse });
  const [figures, peak, rows]: [Figures, () => number, Figures] = [{ whole: 0 }, watchJavaScript(), {}];
  const time = async <T>(figure: string, what: string, act: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await act();
    const seconds = (performance.now() - start) / 1000;
    for (const one of [figure, 'whole']) figures[one] = (figures[one] ?? 0) + seconds;
    console.error(`${what.padEnd(32)}${seconds.toFixed(1).padStart(8)} s`);
    return result;
  };
  for (const [group, names] of Object.entries(GROUPS)) {
    for (const name of names) rows[name] = await time(group, name, () => build(name));
  }
  for (const name of Object.values(GROUPS).flat()) await time('checks', `checks of ${name}`, () => check(name));
  const { rows: found } = await workspace.query(`
    select cell_days, sample_share, (select count(*) from warehouse.dim_order) from business.observation_window`);
  const [cell_days = 0, sample_share = 0, orders = 0] = (found[0] ?? []).map(Number);
  await time('writing', 'writing', () => workspace.seal());
  const memory = { javascript: peak(), process: process.resourceUsage().maxRSS / 1024 };
  return { ...figures, ...rows, ...memory, cell_days, sample_share, orders };
}

/** Runs a stage in a process of its own, so that its peak memory is its own. */
function apart<T>(stage: string, dataDir: string, input: unknown): T {
  const args = [fileURLToPath(import.meta.url), stage, dataDir, JSON.stringify(input)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stage} failed`);
  return JSON.parse(stdout);
}

function measureApart(customers: number): Figures {
  const dataDir = mkdtempSync(join(tmpdir(), 'marketing-pipeline-bench-'));
  try {
    const layers = apart<LayerLocations>('--shop', dataDir, customers);
    return { customers, ...apart<Figures>('--measure', dataDir, layers) };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function print(table: Figures<string>, rows: readonly (readonly string[])[]): void {
  const lines = [Object.values(table), Object.keys(table).map(() => '---:'), ...rows];
  for (const cells of lines) console.log(`| ${cells.join(' | ')} |`);
}

function shown(figure: number | undefined): string {
  if (figure === undefined) return '';
  return figure < 10 ? Number(figure.toPrecision(2)).toString() : Math.round(figure).toLocaleString('en-US');
}

function main(asked: readonly string[]): void {
  const sizes = asked.includes('--all') ? ALL_SIZES : asked.length === 0 ? DEFAULT_SIZES : asked.map(Number);
  const measured = sizes.map(measureApart);
  for (const table of TABLES) {
    const names = Object.keys(table);
    print(
      table,
      measured.map((figures) => names.map((name) => shown(figures[name]))),
    );
  }
}

const [stage, dataDir = '', input = ''] = process.argv.slice(2);
if (stage === '--shop') console.log(JSON.stringify(await makeShop(dataDir, JSON.parse(input))));
else if (stage === '--measure') console.log(JSON.stringify(await measure(dataDir, JSON.parse(input))));
else main(process.argv.slice(2));
