import type { Effects } from '../effects.ts';

/** A stream that a command writes to. */
export interface Output {
  /** Resolves when more may be written. */
  write(text: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined in a pipe and where the terminal does not know. */
  readonly width: number | undefined;
  /** Whether colours and bold are wanted: a terminal, and NO_COLOR is not set. */
  readonly hasColor: boolean;
}

/** What a command is given. */
export interface CliContext {
  readonly effects: Effects;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where somebody can type, if it is a terminal; touched by no command that does not ask. */
  readonly openStdin: () => NodeJS.ReadStream;
  /** The stream behind `stderr`, for a progress display that draws. */
  readonly stderrStream: NodeJS.WriteStream;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}
