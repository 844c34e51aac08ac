import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runGraph, type Task } from '../../src/run/run-graph.ts';

/** Tasks whose end is decided by the test. */
function controlled(names: readonly string[], dependencies: Readonly<Record<string, readonly string[]>> = {}) {
  const started: string[] = [];
  const ends = new Map<string, { finish: () => void; fail: (error: Error) => void }>();
  const tasks = names.map((name): Task => {
    return {
      name,
      dependsOn: dependencies[name] ?? [],
      run: () => {
        started.push(name);
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        ends.set(name, { finish: resolve, fail: reject });
        return promise;
      },
    };
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const finish = async (name: string) => {
    ends.get(name)?.finish();
    await settle();
  };
  const fail = async (name: string) => {
    ends.get(name)?.fail(new Error(`${name} failed`));
    await settle();
  };
  return { tasks, started, finish, fail, settle };
}

test('runs at most as many tasks at a time as it may, in the given order', async () => {
  const { tasks, started, finish } = controlled(['a', 'b', 'c', 'd']);
  const done = runGraph(tasks, 2);
  expect(started).toEqual(['a', 'b']);
  await finish('b');
  expect(started).toEqual(['a', 'b', 'c']);
  await finish('a');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  await finish('c');
  await finish('d');
  await done;
});

test('a task waits for those it depends on, and another one is let past it', async () => {
  const { tasks, started, finish } = controlled(['a', 'b', 'c'], { b: ['a'] });
  const done = runGraph(tasks, 2);
  expect(started).toEqual(['a', 'c']);
  await finish('c');
  expect(started).toEqual(['a', 'c']);
  await finish('a');
  expect(started).toEqual(['a', 'c', 'b']);
  await finish('b');
  await done;
});

test('dependencies that are not among the tasks count as done', async () => {
  const { tasks, started, finish } = controlled(['a'], { a: ['of_an_earlier_layer'] });
  const done = runGraph(tasks, 1);
  expect(started).toEqual(['a']);
  await finish('a');
  await done;
});

test('after a failure nothing new starts, and the first error comes when all running tasks have ended', async () => {
  const { tasks, started, finish, fail, settle } = controlled(['a', 'b', 'c', 'd'], { d: ['a'] });
  let isOver = false;
  const done = runGraph(tasks, 2).finally(() => {
    isOver = true;
  });
  const outcome = expect(done).rejects.toThrow('b failed');
  await fail('b');
  await settle();
  expect(started).toEqual(['a', 'b']);
  expect(isOver).toBe(false);
  await finish('a');
  await outcome;
  expect(started).toEqual(['a', 'b']);
});

test('no tasks are done at once', async () => {
  await runGraph([], 3);
});

test('any graph: every task runs once, after its dependencies, never more than the limit at a time', async () => {
  const graph = fc.tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 3 }), { maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(graph, async ([limit, edges]) => {
      const done: number[] = [];
      let running = 0;
      let most = 0;
      // A task depends on earlier ones only, so that there is no cycle.
      const dependencies = edges.map((numbers, n) => numbers.filter((other) => other < n));
      const tasks = dependencies.map((earlier, n) => ({
        name: String(n),
        dependsOn: earlier.map(String),
        run: async () => {
          most = Math.max(most, ++running);
          expect(earlier.every((other) => done.includes(other))).toBe(true);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          done.push(n);
        },
      }));
      await runGraph(tasks, limit);
      expect(done.toSorted((a, b) => a - b)).toEqual(edges.map((_, n) => n));
      expect(most).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 60 },
  );
});
