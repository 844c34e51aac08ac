import pg from 'pg';

type Query = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts itself between this process and its database: told each statement before it is sent and after its answer came,
 * without what differs from run to run. To be called in a child process before the pipeline connects.
 */
export function watchStatements(onPoint: (when: 'before' | 'after', statement: string) => void): void {
  const prototype: { query: unknown } = pg.Client.prototype;
  const original = prototype.query as Query;
  const wrapped: Query = function (...args) {
    const statement = labelOf(args[0]);
    onPoint('before', statement);
    const result: unknown = Reflect.apply(original, this, args);
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => {
      onPoint('after', statement);
      return value;
    });
  };
  prototype.query = wrapped;
}

function labelOf(query: unknown): string {
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
  const words = String(text).replaceAll(/\s+/g, ' ').trim();
  const plain = words.replaceAll(/set local \w+ = [^;]+; /g, '').replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, 'RUN');
  return plain.slice(0, 100);
}
