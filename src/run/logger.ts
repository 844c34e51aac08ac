import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Effects } from '../effects.ts';
import { RunError } from '../errors.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a line says beside its message. The names that every line has are taken. An error goes under `err`. */
export type LogFields = Readonly<Record<string, unknown>> & {
  readonly level?: never;
  readonly time?: never;
  readonly runId?: never;
  readonly msg?: never;
};

/** The log of one run: JSON lines, each in the file when the call returns. */
export interface RunLogger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Whether `debug` writes anything: to spare the work of gathering its fields. */
  readonly debugEnabled: boolean;
  /** Why lines were lost (a full disk, say). The first failure silences the log; it never stops a run. */
  readonly failure: Error | undefined;
  close(): void;
}

export interface LoggerOptions {
  readonly file: string;
  /** The least important level that is written. */
  readonly level: LogLevel;
  readonly runId: string;
  readonly effects: Pick<Effects, 'now'>;
}

const ROTATE_ABOVE_BYTES = 10 * 1024 * 1024;
const ROTATED_FILES = 3;

/**
 * Opens the log file (mode 0600, its folder 0700) to append to it. One above 10 MiB is first renamed to
 * `<file>.1`, the earlier ones moved up, and the oldest of three dropped.
 * @throws RunError when the file cannot be opened.
 */
export async function openLogger({ file, level, runId, effects }: LoggerOptions): Promise<RunLogger> {
  const { pino } = await import('pino'); // 30 ms, which commands without a log do not pay.
  const destination = openDestination(file);
  const logger = pino(
    {
      level,
      base: { runId },
      timestamp: () => `,"time":"${effects.now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => destination.write(line) },
  );
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
    debugEnabled: level === 'debug',
    get failure() {
      return destination.failure();
    },
    close: () => destination.close(),
  };
}

interface Destination {
  write(line: string): void;
  failure(): Error | undefined;
  close(): void;
}

function openDestination(file: string): Destination {
  let descriptor: number | undefined = openFile(file);
  let failure: Error | undefined;
  return {
    write(line) {
      if (descriptor === undefined || failure !== undefined) return;
      try {
        writeWhole(descriptor, Buffer.from(escapeForTerminals(line)));
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
      }
    },
    failure: () => failure,
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function openFile(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rotate(file);
    const descriptor = openSync(file, 'a+', 0o600);
    endTornLine(descriptor);
    return descriptor;
  } catch (error) {
    throw new RunError(`log file ${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`, {
      remedy: 'make the file and its folder writable for you, or choose another folder with --data-dir',
      cause: error,
    });
  }
}

function rotate(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= ROTATE_ABOVE_BYTES) return;
  for (let number = ROTATED_FILES; number >= 1; number--) {
    const from = number === 1 ? file : `${file}.${number - 1}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${file}.${number}`);
  }
}

/** A full disk or a power cut may have left half a line: the next one must not be glued to it. */
function endTornLine(descriptor: number): void {
  const { size } = fstatSync(descriptor);
  if (size === 0) return;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  if (last.toString() !== '\n') writeSync(descriptor, '\n');
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

/** What JSON leaves as it is though a terminal or viewer obeys it: DEL, C1 controls, line and bidi marks, BOM. */
const OBEYED = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Such characters occur in a JSON line only inside strings, where an escape means the same. */
function escapeForTerminals(line: string): string {
  return line.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
