import { z } from 'zod';
import { configSchema } from '../../config/schema.ts';
import { flag, real, rows, text, whole } from '../column-spec.ts';
import { historyQuery } from '../query-definition.ts';
import { wholeParameter } from '../query-parameters.ts';

const runs = historyQuery({
  name: 'data/runs',
  summary: 'The last runs, newest first. One row per run.',
  params: z.strictObject({ limit: wholeParameter(1, 1_000).default(50).describe('most runs, 1 to 1000') }),
  isLive: true,
  columns: {
    run_id: text('id of the run'),
    command: text('command that began it'),
    status: text('running, success, failed, cancelled, crashed or blocked'),
    started_at: text('when it began, UTC'),
    ended_at: text('when it ended, UTC; null while it is under way'),
    duration_seconds: real('how long it took', 'seconds'),
    as_of: text('the day that counted as today'),
    engine: text('database engine that computed'),
    snapshot_id: text('what it published; null where nothing'),
    error_message: text('why it failed; null where it did not'),
    version: text('version of the program'),
  },
  read: ({ limit }, { history }) =>
    (history?.lastRuns(limit) ?? []).map((run) => ({
      run_id: run.runId,
      command: run.command,
      status: run.status,
      started_at: run.startedAt,
      ended_at: run.endedAt,
      duration_seconds: run.durationSeconds,
      as_of: run.asOf,
      engine: run.engine,
      snapshot_id: run.snapshotId,
      error_message: run.errorMessage,
      version: run.version,
    })),
});

const timings = historyQuery({
  name: 'data/timings',
  summary: 'What the published run built, and how long each table took. One row per table.',
  params: z.strictObject({}),
  columns: {
    layer: text('layer of the table'),
    table_name: text('name of the table'),
    status: text('success, carried (taken over from an earlier run) or why not'),
    start_time: text('when it was begun, UTC'),
    duration_seconds: real('how long it took', 'seconds'),
    row_count: rows('rows of the table'),
  },
  read: (_params, { history, manifest }) =>
    (history?.tablesOf(manifest.runId) ?? []).map((table) => ({
      layer: table.layer,
      table_name: table.tableName,
      status: table.status,
      start_time: table.startTime,
      duration_seconds: table.durationSeconds,
      row_count: table.rowCount,
    })),
});

const checks = historyQuery({
  name: 'data/checks',
  summary: 'The checks of the published run and how they ended. One row per check.',
  params: z.strictObject({
    status: z.enum(['passed', 'warned', 'failed']).optional().describe('only checks that ended so'),
  }),
  columns: {
    layer: text('layer of the table'),
    table_name: text('table that was checked'),
    check_name: text('what must hold'),
    check_type: text('kind of check'),
    severity: text('error stops the publish, warn is reported'),
    status: text('passed, warned or failed'),
    expected_value: text('what was expected'),
    actual_value: text('what was found'),
    failing_rows: rows('rows that break the rule'),
    error_details: text('more about it; null where there is nothing to say'),
  },
  read: ({ status }, { history, manifest }) =>
    (history?.checksOf(manifest.runId) ?? [])
      .filter((check) => status === undefined || check.status === status)
      .map((check) => ({
        layer: check.layer,
        table_name: check.tableName,
        check_name: check.checkName,
        check_type: check.checkType,
        severity: check.severity,
        status: check.status,
        expected_value: check.expectedValue,
        actual_value: check.actualValue,
        failing_rows: check.failingRows,
        error_details: check.errorDetails,
      })),
});

const ledger = historyQuery({
  name: 'data/ledger',
  summary: 'Rows and money from the input file to the business layer. One row per stage and measure.',
  params: z.strictObject({}),
  columns: {
    position: whole('place in the ledger, from 1'),
    stage: text('from where to where'),
    measure: text('rows or money'),
    expected: text('what should have arrived, as decimal text'),
    actual: text('what arrived'),
    difference: text('the second minus the first'),
    status: text('balanced or gap'),
  },
  read: (_params, { history, manifest }) =>
    (history?.ledgerOf(manifest.runId) ?? []).map(
      ({ position, stage, measure, expected, actual, difference, status }) => ({
        position,
        stage,
        measure,
        expected,
        actual,
        difference,
        status,
      }),
    ),
});

const sources = historyQuery({
  name: 'data/sources',
  summary: 'The input files in the published data. One row per file.',
  params: z.strictObject({}),
  columns: {
    load_id: whole('number of the file, as in load_id of the staging tables'),
    file_name: text('name of the file, or of the table'),
    bytes: whole('size on disk'),
    sha256: text('SHA-256 of its bytes'),
    records: rows('records of the file, malformed ones included'),
    blank_lines: rows('lines without content'),
    layout: text('what the file was recognised as; null where not known'),
    currency: text('currency of its amounts; null where it names none'),
  },
  read: (_params, { manifest }) =>
    manifest.sources.map((source) => ({
      load_id: source.loadId,
      file_name: source.name,
      bytes: source.bytes,
      sha256: source.sha256,
      records: source.recordCount,
      blank_lines: source.blankCount,
      layout: source.layout ?? null,
      currency: source.currency ?? null,
    })),
});

const settings = historyQuery({
  name: 'data/settings',
  summary: 'The settings with which the published tables were computed. One row per setting.',
  params: z.strictObject({}),
  columns: {
    key: text('name of the setting'),
    value: text('its value, as JSON'),
    is_default: flag('whether that is the default'),
    meaning: text('what it means'),
  },
  read: (_params, { history, manifest }) => {
    const used = history?.run(manifest.runId)?.config;
    if (typeof used !== 'object' || used === null) return [];
    const defaults = new Map<string, unknown>(Object.entries(configSchema.parse({})));
    const meanings = new Map<string, string | undefined>(
      Object.entries(configSchema.shape).map(([key, { description }]) => [key, description]),
    );
    return Object.entries(used).map(([key, value]) => ({
      key,
      value: JSON.stringify(value),
      is_default: JSON.stringify(value) === JSON.stringify(defaults.get(key)),
      meaning: meanings.get(key) ?? null,
    }));
  },
});

export const historyQueries = [runs, timings, checks, ledger, sources, settings] as const;
