import { printable } from '../printable.ts';
import { describeFailure } from '../quality/describe-failure.ts';
import type { CleanupReport } from '../selftest/clean-up.ts';
import type { TableReport, WarehouseReport } from '../selftest/debug-warehouse.ts';
import type { SelftestResult, SelftestStep } from '../selftest/selftest-types.ts';
import { seconds } from './format.ts';
import { renderTable } from './table.ts';

const WORDS = { passed: 'PASS', failed: 'FAIL', skipped: 'SKIP' } as const;

/** One line a step; the lines of a defect's stack below it. */
export function stepText({ name, status, durationSeconds, detail }: SelftestStep): string {
  const [first = '', ...rest] = detail.split('\n').map((line) => printable(line));
  const head = `${WORDS[status]}  ${name.padEnd(26)} ${seconds(durationSeconds).padStart(8)}  ${first}`.trimEnd();
  return `${[head, ...rest.map((line) => `      ${line}`)].join('\n')}\n`;
}

export function selftestText({ status, steps, durationSeconds }: SelftestResult): string {
  const passed = steps.filter((step) => step.status === 'passed').length;
  const verdict = status === 'passed' ? 'Self-test passed' : 'Self-test FAILED';
  return `${verdict}: ${passed} of ${steps.length} steps in ${seconds(durationSeconds)}; the temporary folder is gone\n`;
}

export function cleanupText({ removed, notes }: CleanupReport): string {
  const lines = [
    ...notes.map((note) => `note: ${printable(note)}`),
    ...removed.map((path) => `removed ${printable(path)}`),
    removed.length === 0 ? 'Nothing to clean up' : `${removed.length} removed`,
  ];
  return `${lines.join('\n')}\n`;
}

/** All tables with their rows, then the warehouse's in detail. */
export function warehouseText(
  { dataDir, snapshotId, asOf, tables }: WarehouseReport,
  width: number | undefined,
): string {
  const overview = renderTable(
    {
      columns: [
        { name: 'table', type: 'text' },
        { name: 'rows', type: 'integer' },
        { name: 'keys', type: 'text' },
        { name: 'key checks', type: 'text' },
      ],
      rows: tables.map((table) => [
        `${table.layer}.${table.name}`,
        table.rows,
        table.grain.join(', '),
        `${table.keyChecks.filter(({ status }) => status === 'passed').length} of ${table.keyChecks.length} passed`,
      ]),
    },
    width,
  );
  const details = tables.filter(({ layer }) => layer === 'warehouse').map((table) => tableText(table, width));
  const broken = tables.filter(({ layer }) => layer !== 'warehouse').flatMap(problems);
  const headline = `${printable(dataDir)}, snapshot ${snapshotId}, as of ${asOf}`;
  return `${[headline, overview.trimEnd(), ...broken, ...details].join('\n\n')}\n`;
}

function tableText(table: TableReport, width: number | undefined): string {
  const columns = renderTable(
    {
      columns: [
        { name: 'column', type: 'text' },
        { name: 'type', type: 'text' },
        { name: 'meaning', type: 'text' },
      ],
      rows: table.columns.map(({ name, type, description }) => [name, type, description]),
    },
    width,
  );
  const checks = table.keyChecks.map(({ status, name }) => `  ${status.padEnd(6)}  ${printable(name)}`);
  return [
    `== ${table.layer}.${table.name}: ${table.rows} rows, ${table.columns.length} columns`,
    columns.trimEnd(),
    ...checks,
    ...problems(table),
    `first ${table.sample.rows.length} rows`,
    renderTable(table.sample, width ?? 100).trimEnd(),
  ].join('\n');
}

function problems(table: TableReport): string[] {
  const lost =
    table.rows === table.publishedRows
      ? []
      : [`PROBLEM  ${table.layer}.${table.name}: ${table.rows} rows, but ${table.publishedRows} were published`];
  const failed = table.keyChecks.filter(({ status }) => status !== 'passed').flatMap((check) => describeFailure(check));
  if (table.checkError !== undefined) {
    lost.push(`PROBLEM  ${table.layer}.${table.name}: its checks cannot be made: ${printable(table.checkError)}`);
  }
  return [...lost, ...failed.map((line) => printable(line))];
}
