import { NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { CardFrame } from '../../../components/card-frame.tsx';
import { Failure, Loading } from '../../../components/states.tsx';
import { useAddressText, useLocalChoice } from '../../../components/use-local-choice.ts';
import { reachedFrom } from './graph.ts';
import { LAYERS } from './lay-out.ts';
import { LineageDetails } from './lineage-details.tsx';
import { LineageGraph, type Standing } from './lineage-graph.tsx';
import { isPage } from './page-nodes.ts';
import { type Lineage, useLineage } from './use-lineage.ts';

/** The table that is chosen before one is. */
const FIRST = 'business.monthly_metrics';

/** From the input files over the tables to the pages: what is made from what. */
export function LineageSection() {
  const { lineage, error } = useLineage();
  if (error !== null) return <Failure error={error} />;
  if (lineage === undefined) return <Loading height={480} />;
  return <Graph lineage={lineage} />;
}

function Graph({ lineage }: { readonly lineage: Lineage }) {
  const [asked, choose] = useAddressText('node');
  const [scope, setScope] = useLocalChoice('tables', ['related', 'all']);
  const { nodes, edges } = lineage;
  const tables = nodes.filter(({ id }) => !isPage(id));
  const fallback = tables.find(({ id }) => id === FIRST) ?? tables.at(-1);
  const chosen = tables.find(({ id }) => id === asked)?.id ?? fallback?.id ?? '';
  const upstream = useMemo(() => reachedFrom(chosen, edges, 'upstream'), [chosen, edges]);
  const downstream = useMemo(() => reachedFrom(chosen, edges, 'downstream'), [chosen, edges]);
  const standingOf = useCallback(
    (node: string): Standing => {
      if (node === chosen) return 'chosen';
      if (upstream.has(node)) return 'upstream';
      return downstream.has(node) ? 'downstream' : 'other';
    },
    [chosen, upstream, downstream],
  );
  const shown = useMemo(
    () => nodes.filter(({ id }) => scope === 'all' || standingOf(id) !== 'other'),
    [nodes, scope, standingOf],
  );
  const ways = useMemo(() => {
    const ids = new Set(shown.map(({ id }) => id));
    return edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  }, [edges, shown]);
  return (
    <Stack gap="md">
      <CardFrame
        title="Lineage"
        about="Which table is made from which, from the input files to the pages that show them. Choose a table to see all that it is made from and all that is made from it."
        controls={
          <>
            <NativeSelect
              size="xs"
              aria-label="Table"
              value={chosen}
              onChange={(event) => choose(event.currentTarget.value)}
              data={LAYERS.filter((layer) => layer !== 'page').map((layer) => ({
                group: layer,
                items: tables
                  .filter((node) => node.layer === layer)
                  .map(({ id, name }) => ({ value: id, label: name.slice(0, 60) })),
              }))}
            />
            <SegmentedControl
              size="xs"
              aria-label="Tables in the graph"
              data={[
                { value: 'related', label: 'Related only' },
                { value: 'all', label: 'All tables' },
              ]}
              value={scope}
              onChange={setScope}
            />
          </>
        }
      >
        <Text size="sm" c="dimmed" mb="sm">
          Solid blue: upstream, what the chosen table is made from. Dashed orange: downstream, what is made from it.
          Lines that go without saying are left out.
        </Text>
        <LineageGraph nodes={shown} edges={ways} standingOf={standingOf} onChoose={choose} />
      </CardFrame>
      <LineageDetails lineage={lineage} chosen={chosen} upstream={upstream} downstream={downstream} onChoose={choose} />
    </Stack>
  );
}
