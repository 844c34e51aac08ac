import { once } from 'node:events';
import type { Output } from './context.ts';

/** Writes to a stream with backpressure. */
export function openOutput(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): Output {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    width: isTerminal ? stream.columns : undefined,
    hasColor: isTerminal && (env.NO_COLOR ?? '') === '',
    write: async (text) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
  };
}
