import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortGraph } from '../../src/project/graph.ts';
import { projectErrorOf } from './helpers.ts';

function graphOf(edges: Readonly<Record<string, readonly string[]>>) {
  return sortGraph(new Map(Object.entries(edges)));
}

describe('sortGraph', () => {
  const shop = graphOf({ report: ['b', 'a'], b: ['raw'], a: ['raw'], raw: [], alone: [] });

  it('puts every node after what it depends on, and sorts ties by name', () => {
    expect(shop.order).toEqual(['alone', 'raw', 'a', 'b', 'report']);
    expect(shop.levels).toEqual([['alone', 'raw'], ['a', 'b'], ['report']]);
  });

  it('knows what lies above and below a node', () => {
    expect(shop.upstream('report')).toEqual(['raw', 'a', 'b']);
    expect(shop.downstream('raw')).toEqual(['a', 'b', 'report']);
    expect(shop.upstream('alone')).toEqual([]);
    expect(projectErrorOf(() => shop.downstream('reprot')).message).toBe(
      'model reprot does not exist (did you mean "report"?)',
    );
  });

  it('prints a cycle, from its first name, without what merely hangs on it', () => {
    const { message } = projectErrorOf(() => graphOf({ a: ['d'], d: ['c'], c: ['b'], b: ['d'] }));
    expect(message).toBe('models depend on each other: b -> d -> c -> b');
  });

  it('prints a model that reads itself', () => {
    expect(projectErrorOf(() => graphOf({ a: ['a'] })).message).toBe('models depend on each other: a -> a');
  });

  it('an unknown dependency is an error with the nearest name and its place', () => {
    const nodes = new Map([
      ['orders', []],
      ['revenue', ['ordres']],
    ]);
    const error = projectErrorOf(() => sortGraph(nodes, { place: (node, name) => `, in ${node}.sql for ${name}` }));
    expect(error.message).toBe(
      'model revenue refers to ordres, which does not exist (did you mean "orders"?), in revenue.sql for ordres',
    );
  });

  it('an empty graph is empty', () => {
    expect(graphOf({})).toMatchObject({ order: [], levels: [] });
  });

  it('for any graph without cycles: complete, topological, the same in any order of input, and both directions agree', () => {
    const size = fc.integer({ min: 1, max: 15 });
    const dag = size.chain((count) =>
      fc.tuple(
        fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 40 }),
        fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
      ),
    );
    fc.assert(
      fc.property(dag, ([pairs, order]) => {
        const name = (index: number) => `m${index}`;
        const edges = new Map<string, string[]>(order.map((index) => [name(index), []]));
        for (const [from, to] of pairs) if (from > to) edges.get(name(from))?.push(name(to));
        const graph = sortGraph(edges);
        expect(graph.order.toSorted()).toEqual([...edges.keys()].sort());
        const rank = new Map(graph.levels.flatMap((level, index) => level.map((node) => [node, index] as const)));
        for (const [node, dependencies] of edges) {
          for (const dependency of dependencies) {
            expect(rank.get(dependency)).toBeLessThan(rank.get(node) ?? -1);
            expect(graph.upstream(node)).toContain(dependency);
          }
          for (const above of graph.upstream(node)) expect(graph.downstream(above)).toContain(node);
        }
        expect(sortGraph(new Map([...edges].reverse())).order).toEqual(graph.order);
      }),
    );
  });
});
