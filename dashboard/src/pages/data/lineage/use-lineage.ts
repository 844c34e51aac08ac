import { useMemo } from 'react';
import type { QueryRow } from '../../../api/source.ts';
import { useSource } from '../../../api/source-context.tsx';
import { useQuestion } from '../../../api/use-question.ts';
import type { LineageEdge, LineageNode } from './graph.ts';
import { pagesOfTables } from './page-nodes.ts';

/** So many input files have a node each; more are one node. */
const MOST_FILES = 3;

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** What is known of the tables and files, by the name of their node. */
  readonly known: ReadonlyMap<string, QueryRow<'data/lineage/nodes'>>;
  /** The questions of charts and tables that read a table, by the name of its node. */
  readonly questions: ReadonlyMap<string, readonly string[]>;
}

/** The graph from the input files over the tables to the pages; undefined until all of it is there. */
export function useLineage(): { readonly lineage: Lineage | undefined; readonly error: Error | null } {
  const { source } = useSource();
  const nodes = useQuestion('data/lineage/nodes', {});
  const edges = useQuestion('data/lineage/edges', {});
  const reads = useQuestion('data/lineage/questions', {});
  const [found, ways, asked] = [nodes.data, edges.data, reads.data];
  const lineage = useMemo(() => {
    if (found === undefined || ways === undefined || asked === undefined) return undefined;
    const files = found.rows.filter(({ layer }) => layer === 'source');
    const isOne = files.length > MOST_FILES;
    const fileNode = (node: string) => (isOne && node.startsWith('source:') ? 'source:' : node);
    const tables = found.rows.filter(({ layer }) => !isOne || layer !== 'source');
    const pages = pagesOfTables(asked.rows, source.isOffline);
    const between = new Map(
      ways.rows.map(({ from_node, to_node }) => {
        const edge = { from: fileNode(from_node ?? ''), to: to_node ?? '' };
        return [`${edge.from}\n${edge.to}`, edge];
      }),
    );
    const all: LineageNode[] = [
      ...(isOne ? [{ id: 'source:', layer: 'source', name: `${files.length} input files` }] : []),
      ...tables.map(({ node, layer, name }) => ({ id: node ?? '', layer: layer ?? '', name: name ?? '' })),
      ...pages.nodes,
    ];
    const ids = new Set(all.map(({ id }) => id));
    return {
      nodes: all,
      edges: [...between.values(), ...pages.edges.filter(({ from }) => ids.has(from))],
      questions: new Map(
        [...Map.groupBy(asked.rows, ({ node }) => node ?? '')].map(([node, rows]) => [
          node,
          rows.map(({ question }) => question ?? ''),
        ]),
      ),
      known: new Map(found.rows.map((row) => [row.node ?? '', row])),
    };
  }, [found, ways, asked, source.isOffline]);
  return { lineage, error: nodes.error ?? edges.error ?? reads.error };
}
