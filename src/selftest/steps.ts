import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Pipeline } from '../api/pipeline.ts';
import { readQuality } from '../api/quality-summary.ts';
import { toObjects } from '../engines/result-set.ts';
import { InputError, RunError } from '../errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/export-types.ts';
import { countResults } from '../quality/check-result.ts';
import type { RunSummary } from '../run/summary.ts';
import type { SampleTruth } from '../sample/sample-truth.ts';
import { compareWithTruth } from './compare-truth.ts';
import { contentDigests } from './content-digests.ts';
import { requireSame, requireThat } from './require-same.ts';
import type { Step } from './run-steps.ts';

/** What the steps of one self-test work on. */
export interface Bench {
  readonly pipeline: Pipeline;
  /** The only folder that is written. */
  readonly folder: string;
  readonly input: string;
  /** What is true of the input; undefined where nobody knows. */
  readonly truth: SampleTruth | undefined;
  readonly signal: AbortSignal | undefined;
}

type Cancel = { readonly signal?: AbortSignal };

/** Run, figures, checks, ledger, query: what both self-tests begin with. */
export function basicSteps(bench: Bench): Step[] {
  const { pipeline, input, truth } = bench;
  let summary: RunSummary | undefined;
  const ran = (): RunSummary => {
    if (summary === undefined) throw new RunError('there was no run');
    return summary;
  };
  return [
    {
      name: 'full run',
      isVital: true,
      check: async () => {
        summary = await pipeline.run([input], cancel(bench));
        const { staging, warehouse } = summary.layers;
        requireSame('clean and rejected records', staging.rawRecords, staging.cleanRecords + staging.rejectedRecords);
        return `${staging.rawRecords} records, ${warehouse.customers} customers, revenue ${warehouse.revenue.toFixed(2)}`;
      },
    },
    ...(truth === undefined
      ? []
      : [{ name: 'figures against the truth', check: async () => compareWithTruth(ran(), truth) }]),
    { name: 'quality checks', check: () => checksPass(pipeline) },
    { name: 'ledger', check: async () => ledgerBalances(pipeline) },
    { name: 'query', check: () => revenueByQuery(pipeline, ran().layers.warehouse.revenue) },
  ];
}

/** Everything else that the pipeline promises about a data folder. They build on one another, in this order. */
export function thoroughSteps(bench: Bench): Step[] {
  const { pipeline, input, folder } = bench;
  let before: Readonly<Record<string, string>> = {};
  const isUnchanged = async (what: string) => {
    requireSame(what, before, await contentDigests(pipeline, cancel(bench)));
    return `${Object.keys(before).length} tables identical`;
  };
  return [
    {
      name: 'content',
      isVital: true,
      check: async () => {
        before = await contentDigests(pipeline, cancel(bench));
        requireThat(Object.keys(before).length > 0, 'nothing is published');
        return `${Object.keys(before).length} tables read`;
      },
    },
    {
      name: 'same file again',
      check: async () => {
        await pipeline.run([input], cancel(bench));
        return isUnchanged('tables after a second run');
      },
    },
    {
      name: 'append of the same file',
      check: async () => {
        const { snapshotId } = await publishedOf(pipeline);
        const summary = await pipeline.run([input], { ...cancel(bench), append: true });
        requireSame('changed', false, summary.changed);
        requireSame('published snapshot', snapshotId, (await publishedOf(pipeline)).snapshotId);
        return 'nothing changed';
      },
    },
    {
      name: 'skipped layers',
      check: async () => {
        const summary = await pipeline.run([], { ...cancel(bench), skipLayers: ['staging', 'warehouse'] });
        requireSame('status of staging', 'skipped', summary.layers.staging.status);
        requireSame('status of business', 'success', summary.layers.business.status);
        return isUnchanged('tables after building the business layer alone');
      },
    },
    {
      name: 'rollback',
      check: async () => {
        const [newest, previous] = await pipeline.snapshots();
        requireThat(previous !== undefined, `only ${newest?.snapshotId ?? 'nothing'} is kept`);
        await pipeline.rollback();
        requireSame('published snapshot', previous?.snapshotId, (await publishedOf(pipeline)).snapshotId);
        return isUnchanged('tables after the rollback');
      },
    },
    {
      name: 'refused input',
      check: async () => {
        const failure = await pipeline.run([join(folder, 'missing.csv')], cancel(bench)).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (!(failure instanceof InputError)) {
          throw new RunError('a missing file was not refused as an input error', { cause: failure });
        }
        return isUnchanged('tables after a refused input');
      },
    },
    ...EXPORT_FORMATS.map((format) => ({ name: `export as ${format}`, check: () => exportIsComplete(bench, format) })),
  ];
}

function cancel({ signal }: Bench): Cancel {
  return signal === undefined ? {} : { signal };
}

async function publishedOf({ engine }: Pipeline) {
  const published = await engine.published();
  if (published === undefined) throw new RunError('nothing is published');
  return published;
}

async function checksPass(pipeline: Pipeline): Promise<string> {
  const results = await pipeline.check();
  const { total, passed, warned } = countResults(results);
  const failed = results.filter(({ status }) => status === 'failed');
  requireSame(
    'failed checks',
    [],
    failed.map(({ table, name }) => `${table} ${name}`),
  );
  requireThat(total > 0, 'there are no checks');
  return `${passed} of ${total} passed, ${warned} warned`;
}

function ledgerBalances(pipeline: Pipeline): string {
  const { ledger } = readQuality(pipeline, undefined);
  const gaps = ledger
    .filter(({ status }) => status !== 'balanced')
    .map(({ stage, difference }) => `${stage}: ${difference}`);
  requireSame('gaps', [], gaps);
  requireThat(ledger.length > 0, 'the ledger is empty');
  return `rows and money reconcile in ${ledger.length} places`;
}

async function revenueByQuery(pipeline: Pipeline, revenue: number): Promise<string> {
  const reader = await pipeline.openReader();
  try {
    const sql = 'select count(*) as months, sum(total_sales) as revenue from business.monthly_metrics';
    const [row = {}] = toObjects(await reader.query(sql));
    requireSame('revenue of business.monthly_metrics', revenue.toFixed(2), Number(row.revenue).toFixed(2));
    return `${row.months} months add up to the revenue`;
  } finally {
    await reader.close();
  }
}

async function exportIsComplete(bench: Bench, format: ExportFormat): Promise<string> {
  const { pipeline, folder } = bench;
  const outDir = join(folder, 'exports', format);
  const result = await pipeline.export({ format, outDir, ...cancel(bench) });
  const { rowCounts } = await publishedOf(pipeline);
  const rows = result.files.flatMap(({ tables }) => tables.map((one) => [one.table, one.rows] as const));
  requireSame('rows by table', rowCounts, Object.fromEntries(rows));
  for (const { name, sha256 } of result.files) {
    const bytes = await readFile(join(outDir, name));
    requireSame(`SHA-256 of ${name}`, sha256, createHash('sha256').update(bytes).digest('hex'));
  }
  if (format === 'sqlite') requireSqlite(join(outDir, 'warehouse.db'), 'fact_sales', rowCounts['warehouse.fact_sales']);
  return `${result.files.length} files, ${result.rows} rows`;
}

function requireSqlite(path: string, table: string, rowCount: number | undefined): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    requireSame(
      'integrity of the SQLite file',
      'ok',
      database.prepare('pragma integrity_check').get()?.integrity_check,
    );
    requireSame(`rows of ${table}`, rowCount, database.prepare(`select count(*) as n from ${table}`).get()?.n);
  } finally {
    database.close();
  }
}
