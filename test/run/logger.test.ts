import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RunError } from '../../src/errors.ts';
import { type LogLevel, openLogger } from '../../src/run/logger.ts';

const MIB = 1024 * 1024;

function temporaryLog(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logger-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'logs', 'pipeline.log');
}

async function open(file: string, level: LogLevel = 'info', runId = 'r1') {
  const effects = { now: () => new Date('2024-03-01T10:00:00.000Z') };
  const logger = await openLogger({ file, level, runId, effects });
  onTestFinished(() => logger.close());
  return logger;
}

function linesOf(file: string): unknown[] {
  const text = readFileSync(file, 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe('lines', () => {
  test('have time, level in words, run and message, and are in the file at once', async () => {
    const file = temporaryLog();
    const logger = await open(file, 'debug');
    logger.info('table built', { table: 'dim_date', rows: 700n, seconds: 0.25 });
    expect(readFileSync(file, 'utf8')).toBe(
      '{"level":"info","time":"2024-03-01T10:00:00.000Z","runId":"r1","table":"dim_date","rows":700,"seconds":0.25,"msg":"table built"}\n',
    );
    logger.debug('a');
    logger.warn('b');
    logger.error('c', { err: new TypeError('no such table') });
    expect(linesOf(file).slice(1)).toEqual([
      expect.objectContaining({ level: 'debug', msg: 'a', runId: 'r1' }),
      expect.objectContaining({ level: 'warn', msg: 'b' }),
      expect.objectContaining({
        level: 'error',
        err: expect.objectContaining({ type: 'TypeError', message: 'no such table', stack: expect.any(String) }),
      }),
    ]);
  });

  test.each([
    ['debug', 4, true],
    ['info', 3, false],
    ['warn', 2, false],
    ['error', 1, false],
  ] as const)('below level %s are left out', async (level, count, debugEnabled) => {
    const file = temporaryLog();
    const logger = await open(file, level);
    for (const name of ['debug', 'info', 'warn', 'error'] as const) logger[name](name);
    expect(linesOf(file)).toHaveLength(count);
    expect(logger.debugEnabled).toBe(debugEnabled);
  });

  test('after close are dropped, and a second run appends', async () => {
    const file = temporaryLog();
    const first = await open(file);
    first.info('one');
    first.close();
    first.close();
    first.info('lost');
    const second = await open(file, 'info', 'r2');
    second.info('two');
    expect(linesOf(file)).toEqual([
      expect.objectContaining({ runId: 'r1', msg: 'one' }),
      expect.objectContaining({ runId: 'r2', msg: 'two' }),
    ]);
  });

  test('do not run on from half a line that a full disk left', async () => {
    const file = temporaryLog();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"level":"info","ti');
    (await open(file)).info('whole');
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines[0]).toBe('{"level":"info","ti');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ msg: 'whole' });
  });
});

describe('[S25] hostile text', () => {
  const hostile = 'C1\u001b[31m\r\n{"level":"error"}\0\u0007\u007f\u009b2J\u202egnp.exe\u2066\u2028\u200b\ufeff\ud800';

  test('ANSI escapes, line breaks and bidi marks are escaped, in messages, values, names and errors', async () => {
    const file = temporaryLog();
    const logger = await open(file, 'info', hostile);
    logger.info(hostile, { customer: hostile, [hostile]: 1, err: new Error(hostile), nested: { list: [hostile] } });
    const text = readFileSync(file, 'utf8');
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).toMatch(/^[\x20-\x7e]+\n$/);
    expect(linesOf(file)).toEqual([
      expect.objectContaining({
        runId: hostile,
        msg: hostile,
        customer: hostile,
        [hostile]: 1,
        nested: { list: [hostile] },
      }),
    ]);
  });

  test('any text is one line that reads back as it was', async () => {
    const file = temporaryLog();
    const logger = await open(file);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (value) => {
        truncateSync(file);
        logger.info(value, { value });
        const text = readFileSync(file, 'utf8');
        expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(linesOf(file)).toEqual([expect.objectContaining({ msg: value, value })]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the file', () => {
  test('and its folder belong to the owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const file = temporaryLog();
    await open(file);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(dirname(file)).mode & 0o777).toString(8)).toBe('700');
  });

  test('is set aside when it is above 10 MiB, and three of those are kept', async () => {
    const file = temporaryLog();
    for (const name of ['one', 'two', 'three', 'four']) {
      const logger = await open(file);
      logger.info(name);
      logger.close();
      appendFileSync(file, `${' '.repeat(10 * MIB)}\n`);
    }
    (await open(file)).info('five');
    const names = [file, `${file}.1`, `${file}.2`, `${file}.3`].map(
      (path) => /"msg":"(\w+)"/.exec(readFileSync(path, 'utf8'))?.[1],
    );
    expect(names).toEqual(['five', 'four', 'three', 'two']);
    expect(existsSync(`${file}.4`)).toBe(false);
  });

  test('of exactly 10 MiB goes on', async () => {
    const file = temporaryLog();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '\n'.repeat(10 * MIB));
    (await open(file)).info('more');
    expect(existsSync(`${file}.1`)).toBe(false);
    expect(statSync(file).size).toBeGreaterThan(10 * MIB);
  });

  test('that cannot be opened is a clear error', async () => {
    const file = temporaryLog();
    mkdirSync(file, { recursive: true });
    await expect(open(file)).rejects.toThrow(RunError);
    await expect(open(file)).rejects.toThrow(/^log file .*pipeline\.log cannot be opened: EISDIR/);
    await expect(open(join(file, '..', '..', 'logs', 'pipeline.log', 'x', 'y.log'))).resolves.toBeDefined();
  });

  test.skipIf(!existsSync('/dev/full'))('on a full disk silences the log and says why, the run goes on', async () => {
    const logger = await open('/dev/full');
    expect(logger.failure).toBeUndefined();
    logger.info('lost');
    logger.info('lost too');
    expect(logger.failure).toMatchObject({ code: 'ENOSPC' });
  });
});
