import { Fragment, useMemo } from 'react';
import { Link } from 'wouter';
import { type LineageEdge, type LineageNode, withoutDetours } from './graph.ts';
import { layOut, type PlacedNode, SIZE } from './lay-out.ts';
import classes from './lineage-graph.module.css';
import { isPage, pageAddress } from './page-nodes.ts';

/** How a node stands to the chosen one. */
export type Standing = 'chosen' | 'upstream' | 'downstream' | 'other';

const HEADS: Readonly<Record<string, string>> = {
  source: 'Input files',
  staging: 'Staging',
  warehouse: 'Warehouse',
  business: 'Business',
  page: 'Pages',
};

const WORDS: Readonly<Record<Standing, string>> = {
  chosen: 'chosen',
  upstream: 'upstream',
  downstream: 'downstream',
  other: '',
};

interface LineageGraphProps {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly standingOf: (node: string) => Standing;
  readonly onChoose: (node: string) => void;
}

/** Tables as buttons in a column for each layer, lines between them drawn behind. */
export function LineageGraph({ nodes, edges, standingOf, onChoose }: LineageGraphProps) {
  const layout = useMemo(() => layOut(nodes, withoutDetours(edges)), [nodes, edges]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label="Lineage graph" tabIndex={0}>
      <div className={classes.graph} style={{ width: layout.width, height: layout.height }}>
        <svg className={classes.lines} width={layout.width} height={layout.height} aria-hidden="true">
          {layout.edges.map(({ from, to, path }) => (
            <path
              key={`${from} ${to}`}
              d={path}
              className={`${classes.line} ${lineClass(standingOf(from), standingOf(to))}`}
            />
          ))}
        </svg>
        {layout.columns.map(({ layer, x }) => (
          <div key={layer} className={classes.head} style={{ left: x }}>
            {HEADS[layer] ?? layer}
          </div>
        ))}
        {layout.nodes.map((node) => (
          <Node key={node.id} node={node} standing={standingOf(node.id)} onChoose={onChoose} />
        ))}
      </div>
    </section>
  );
}

interface NodeProps {
  readonly node: PlacedNode;
  readonly standing: Standing;
  readonly onChoose: (node: string) => void;
}

function Node({ node: { id, name, x, y }, standing, onChoose }: NodeProps) {
  const style = { left: x, top: y, width: SIZE.width, height: SIZE.height };
  const className = `${classes.node} ${classes[standing] ?? ''} ${isPage(id) ? classes.page : ''}`;
  const said = WORDS[standing] === '' ? name : `${name}, ${WORDS[standing]}`;
  if (isPage(id)) {
    return (
      <Link href={pageAddress(id)} className={className} style={style} aria-label={said} data-node={id}>
        {name}
      </Link>
    );
  }
  return (
    <button
      type="button"
      className={className}
      style={style}
      title={name}
      aria-label={said}
      aria-pressed={standing === 'chosen'}
      data-node={id}
      data-standing={standing}
      onClick={() => onChoose(id)}
    >
      <bdi>{breakable(name)}</bdi>
    </button>
  );
}

/** Long names may break behind their underscores. */
function breakable(name: string) {
  const parts = name.split('_');
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name have no other name
    <Fragment key={index}>
      {part}
      {index < parts.length - 1 && (
        <>
          _<wbr />
        </>
      )}
    </Fragment>
  ));
}

function lineClass(from: Standing, to: Standing): string {
  const isAbove = (standing: Standing) => standing === 'upstream' || standing === 'chosen';
  if (isAbove(from) && isAbove(to)) return classes.upstream ?? '';
  const isBelow = (standing: Standing) => standing === 'downstream' || standing === 'chosen';
  return isBelow(from) && isBelow(to) ? (classes.downstream ?? '') : '';
}
