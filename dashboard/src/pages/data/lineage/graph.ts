/** A thing from which others are made: an input file, a table, a page of the web app. */
export interface LineageNode {
  /** `layer.table`, `source:...` or `page:...` */
  readonly id: string;
  readonly layer: string;
  readonly name: string;
}

/** `to` is made from `from`. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

export type Direction = 'upstream' | 'downstream';

/** All that a node is made from, or all that is made from it, without itself. */
export function reachedFrom(node: string, edges: readonly LineageEdge[], direction: Direction): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [here, there] = direction === 'upstream' ? [to, from] : [from, to];
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const reached = new Set<string>();
  const waiting = [node];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const there of next.get(here) ?? []) {
      if (!reached.has(there) && there !== node) {
        reached.add(there);
        waiting.push(there);
      }
    }
  }
  return reached;
}

/** The edges without those that go without saying, because there is a way over other nodes. */
export function withoutDetours(edges: readonly LineageEdge[]): LineageEdge[] {
  const sources = [...new Set(edges.map(({ from }) => from))];
  const below = new Map(sources.map((id) => [id, reachedFrom(id, edges, 'downstream')]));
  const children = Map.groupBy(edges, ({ from }) => from);
  return edges.filter(
    ({ from, to }) => !children.get(from)?.some((other) => other.to !== to && below.get(other.to)?.has(to) === true),
  );
}

/** The nodes so that each comes after all from which it is made; among these in the order given. */
export function inOrder(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): LineageNode[] {
  const ids = new Set(nodes.map(({ id }) => id));
  const parents = Map.groupBy(
    edges.filter(({ from }) => ids.has(from)),
    ({ to }) => to,
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const placed = new Set<string>();
  const ordered: LineageNode[] = [];
  const place = (node: LineageNode) => {
    if (placed.has(node.id)) return;
    placed.add(node.id);
    for (const { from } of parents.get(node.id) ?? []) {
      const parent = byId.get(from);
      if (parent !== undefined) place(parent);
    }
    ordered.push(node);
  };
  for (const node of nodes) place(node);
  return ordered;
}
