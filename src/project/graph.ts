import { didYouMean } from '../did-you-mean.ts';
import { ProjectError } from '../errors.ts';

export interface Graph {
  /** Every node after all that it depends on; those that could change places stand by name. */
  readonly order: readonly string[];
  /** Nodes of one level depend only on earlier levels, so they can be built at the same time. By name. */
  readonly levels: readonly (readonly string[])[];
  /** Everything that `name` depends on, directly or not, in order. Throws a ProjectError for an unknown name. */
  upstream(name: string): readonly string[];
  /** Everything that depends on `name`, directly or not, in order. Throws a ProjectError for an unknown name. */
  downstream(name: string): readonly string[];
}

export interface GraphWords {
  /** Where a dependency is written, to end an error with: `, in models/x.sql:3:15`. */
  place?(node: string, dependency: string): string;
}

type Edges = ReadonlyMap<string, readonly string[]>;

function byName(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function refuseUnknown(nodes: Edges, { place }: GraphWords): void {
  for (const [node, dependencies] of nodes) {
    for (const dependency of dependencies) {
      if (nodes.has(dependency)) continue;
      const hint = didYouMean(dependency, nodes.keys());
      const where = place?.(node, dependency) ?? '';
      throw new ProjectError(`model ${node} refers to ${dependency}, which does not exist${hint}${where}`);
    }
  }
}

/** The error for nodes of which each waits for another one. */
function cycleError(nodes: Edges, waiting: ReadonlySet<string>, { place }: GraphWords): ProjectError {
  const path: string[] = [];
  let node = [...waiting].sort(byName)[0] ?? '';
  while (!path.includes(node)) {
    path.push(node);
    node = (nodes.get(node) ?? []).filter((next) => waiting.has(next)).sort(byName)[0] ?? '';
  }
  const cycle = path.slice(path.indexOf(node));
  const first = cycle.indexOf(cycle.toSorted(byName)[0] ?? '');
  const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
  const [start = '', next = start] = turned;
  return new ProjectError(
    `models depend on each other: ${[...turned, start].join(' -> ')}${place?.(start, next) ?? ''}`,
    {
      remedy: 'break the circle: let one of them read what both need from an earlier model',
    },
  );
}

function levelsOf(nodes: Edges, words: GraphWords): string[][] {
  const waiting = new Set(nodes.keys());
  const levels: string[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter((node) => !(nodes.get(node) ?? []).some((next) => waiting.has(next)));
    if (ready.length === 0) throw cycleError(nodes, waiting, words);
    for (const node of ready) waiting.delete(node);
    levels.push(ready.sort(byName));
  }
  return levels;
}

function reverse(nodes: Edges): Map<string, string[]> {
  const reversed = new Map<string, string[]>(Array.from(nodes.keys(), (node) => [node, []]));
  for (const [node, dependencies] of nodes) {
    for (const dependency of dependencies) reversed.get(dependency)?.push(node);
  }
  return reversed;
}

function reachable(name: string, edges: Edges, order: readonly string[]): string[] {
  if (!edges.has(name)) throw new ProjectError(`model ${name} does not exist${didYouMean(name, order)}`);
  const reached = new Set<string>();
  const queue = [name];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of edges.get(node) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      queue.push(next);
    }
  }
  return order.filter((node) => reached.has(node));
}

/**
 * Sorts nodes by what they depend on. Throws a ProjectError for a dependency that is not a node, and for a cycle,
 * which it prints: `a -> b -> a`.
 */
export function sortGraph(nodes: Edges, words: GraphWords = {}): Graph {
  refuseUnknown(nodes, words);
  const levels = levelsOf(nodes, words);
  const order = levels.flat();
  const reversed = reverse(nodes);
  return {
    order,
    levels,
    upstream: (name) => reachable(name, nodes, order),
    downstream: (name) => reachable(name, reversed, order),
  };
}
