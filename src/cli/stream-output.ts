import { once } from 'node:events';
import type { Output } from './context.ts';

/** Writes to a stream with backpressure. */
export function openOutput(stream: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): Output {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    // A terminal may say 0 when it does not know.
    width: isTerminal && stream.columns > 0 ? stream.columns : undefined,
    hasColor: isTerminal && (env.NO_COLOR ?? '') === '',
    write: async (text) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
  };
}
