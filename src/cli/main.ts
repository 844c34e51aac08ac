import { CommanderError } from 'commander';
import { type Effects, systemEffects } from '../effects.ts';
import { CancelledError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { errorText, exitCodeOf } from './error-text.ts';
import { makeProgram } from './program.ts';
import { openOutput } from './stream-output.ts';

interface Streams {
  readonly openStdin: () => NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Runs one command; returns its exit code. */
export async function main(
  argv: readonly string[],
  effects: Effects,
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  const context: CliContext = {
    effects,
    stdout: openOutput(streams.stdout, effects.env),
    stderr: openOutput(streams.stderr, effects.env),
    openStdin: streams.openStdin,
    stderrStream: streams.stderr,
    signal,
  };
  let exitCode = 0;
  const program = makeProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const cancelled =
      error instanceof CancelledError && signal.reason instanceof CancelledError ? signal.reason : error;
    await context.stderr.write(errorText(cancelled));
    return exitCodeOf(cancelled);
  }
}

/** The process: Ctrl-C and SIGTERM cancel once and end at once the second time; a closed pipe is not an error. */
export async function start(): Promise<void> {
  const controller = new AbortController();
  const onSignal = (exitCode: 130 | 143) => () => {
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort(new CancelledError(exitCode));
  };
  process.on('SIGINT', onSignal(130));
  process.on('SIGTERM', onSignal(143));
  process.on('SIGHUP', onSignal(143));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Everything that this program writes belongs to its user alone.
  process.umask(0o077);
  const { stdout, stderr } = process;
  const openStdin = () => process.stdin;
  process.exitCode = await main(
    process.argv.slice(2),
    systemEffects(),
    { openStdin, stdout, stderr },
    controller.signal,
  );
}
