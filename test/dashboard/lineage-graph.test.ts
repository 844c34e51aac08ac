import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inOrder,
  type LineageEdge,
  reachedFrom,
  withoutDetours,
} from '../../dashboard/src/pages/data/lineage/graph.ts';
import { layOut, SIZE } from '../../dashboard/src/pages/data/lineage/lay-out.ts';

const LAYERS = ['source', 'staging', 'warehouse', 'business', 'page'];

/** Graphs without circles: an edge leads to a later node. */
const graphs = fc
  .uniqueArray(fc.tuple(fc.nat(14), fc.nat(14)), { selector: ([a, b]) => `${a} ${b}`, minLength: 20, maxLength: 60 })
  .map((pairs): LineageEdge[] => pairs.flatMap(([a, b]) => (a < b ? [{ from: `n${a}`, to: `n${b}` }] : [])));
const names = Array.from({ length: 15 }, (_, index) => `n${index}`);

/** The same by the definition: a pair that has an edge, or a node between. */
function isReached(from: string, to: string, edges: readonly LineageEdge[]): boolean {
  return edges.some((edge) => edge.from === from && (edge.to === to || isReached(edge.to, to, edges)));
}

describe('the lineage graph', () => {
  test('upstream is all from which there is a way, downstream all to which there is one', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(...names), (edges, node) => {
        const up = names.filter((other) => isReached(other, node, edges));
        const down = names.filter((other) => isReached(node, other, edges));
        expect([...reachedFrom(node, edges, 'upstream')].sort()).toEqual(up.sort());
        expect([...reachedFrom(node, edges, 'downstream')].sort()).toEqual(down.sort());
      }),
      { numRuns: 60 },
    );
  });

  test('without the lines that go without saying there are the same ways, and no line too many', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const few = withoutDetours(edges);
        for (const name of names) {
          expect(reachedFrom(name, few, 'downstream')).toEqual(reachedFrom(name, edges, 'downstream'));
        }
        for (const edge of few) {
          const others = few.filter((other) => other !== edge);
          expect(reachedFrom(edge.from, others, 'downstream').has(edge.to)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('each table stands below those of its layer from which it is made, and none upon another', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = names.map((id, index) => ({ id, name: id, layer: LAYERS[Math.floor(index / 3)] ?? '' }));
        const { nodes: placed, width, height } = layOut(nodes.toReversed(), edges);
        const at = new Map(placed.map((node) => [node.id, node]));
        expect(placed).toHaveLength(nodes.length);
        expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
        for (const { from, to } of edges) {
          const [above, below] = [at.get(from), at.get(to)];
          if (above?.layer === below?.layer) expect(below?.y).toBeGreaterThan(above?.y ?? 0);
          else expect(below?.x).toBeGreaterThanOrEqual((above?.x ?? 0) + SIZE.width);
        }
        for (const { x, y } of placed) {
          expect(x + SIZE.width).toBeLessThanOrEqual(width);
          expect(y + SIZE.height).toBeLessThanOrEqual(height);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a circle, which no project has, ends too', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    const nodes = ['a', 'b'].map((id) => ({ id, name: id, layer: 'business' }));
    expect([...reachedFrom('a', circle, 'upstream')]).toEqual(['b']);
    expect(inOrder(nodes, circle).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
