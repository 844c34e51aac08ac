import { inOrder, type LineageEdge, type LineageNode } from './graph.ts';

export const LAYERS = ['source', 'staging', 'warehouse', 'business', 'page'] as const;

export const SIZE = { width: 156, height: 38, gapX: 46, gapY: 8, head: 28 } as const;

export interface PlacedNode extends LineageNode {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge extends LineageEdge {
  /** SVG path. */
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly { readonly layer: string; readonly x: number }[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** A column for each layer; within it each table stands below those from which it is made. */
export function layOut(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): Layout {
  const ordered = inOrder(nodes, edges);
  // Files are made from nothing: there are no arcs at their left.
  const left = nodes.some(({ layer }) => layer === 'source') ? 2 : SIZE.gapX;
  const columns = LAYERS.filter((layer) => nodes.some((node) => node.layer === layer)).map((layer, index) => ({
    layer,
    x: left + index * (SIZE.width + SIZE.gapX),
  }));
  const placed = columns.flatMap(({ layer, x }) =>
    ordered
      .filter((node) => node.layer === layer)
      .map((node, row): PlacedNode => ({ ...node, x, y: SIZE.head + row * (SIZE.height + SIZE.gapY) })),
  );
  const byId = new Map(placed.map((node) => [node.id, node]));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ ...edge, path: pathBetween(from, to) }];
  });
  const lowest = Math.max(0, ...placed.map(({ y }) => y));
  return {
    width: left + columns.length * (SIZE.width + SIZE.gapX) - SIZE.gapX + 2,
    height: lowest + SIZE.height + SIZE.gapY,
    columns,
    nodes: placed,
    edges: lines,
  };
}

/** Within a layer an arc at the left, the wider the further; between layers a curve from right to left. */
function pathBetween(from: PlacedNode, to: PlacedNode): string {
  const middle = SIZE.height / 2;
  if (from.x === to.x) {
    const [top, bottom] = [from.y + middle + 5, to.y + middle - 5];
    const bulge = Math.min(SIZE.gapX - 8, 8 + Math.abs(bottom - top) / 14);
    return `M${from.x},${top} C${from.x - bulge},${top} ${to.x - bulge},${bottom} ${to.x},${bottom}`;
  }
  const [x1, y1, x2, y2] = [from.x + SIZE.width, from.y + middle, to.x, to.y + middle];
  const reach = Math.max(SIZE.gapX / 2, (x2 - x1) / 2);
  return `M${x1},${y1} C${x1 + reach},${y1} ${x2 - reach},${y2} ${x2},${y2}`;
}
