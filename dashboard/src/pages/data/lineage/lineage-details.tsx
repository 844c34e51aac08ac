import { Anchor, Badge, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useSource } from '../../../api/source-context.tsx';
import { useQuestion } from '../../../api/use-question.ts';
import { CardFrame } from '../../../components/card-frame.tsx';
import { Facts } from '../../../components/facts.tsx';
import { TableCard } from '../../../components/table-card.tsx';
import { useFormat } from '../../../format/use-format.ts';
import { isPage, pageAddress } from './page-nodes.ts';
import type { Lineage } from './use-lineage.ts';

const KINDS: Readonly<Record<string, string>> = {
  source: 'input file',
  ingest: 'written while the files are read',
  sql: 'model in SQL',
  code: 'model in TypeScript',
};

const CHARTS = 'The questions that read the table; each is a chart or a table of a page, and an address of the API.';

interface LineageDetailsProps {
  readonly lineage: Lineage;
  readonly chosen: string;
  readonly upstream: ReadonlySet<string>;
  readonly downstream: ReadonlySet<string>;
  readonly onChoose: (node: string) => void;
}

/** What the chosen table is, what it is made from, what is made from it, and its columns. */
export function LineageDetails({ lineage, chosen, upstream, downstream, onChoose }: LineageDetailsProps) {
  const format = useFormat();
  const { source } = useSource();
  const known = lineage.known.get(chosen);
  const node = lineage.nodes.find(({ id }) => id === chosen);
  const questions = lineage.questions.get(chosen) ?? [];
  const isTable = known !== undefined && known.kind !== 'source' && known.kind !== 'ingest';
  return (
    <Stack gap="md">
      <CardFrame
        title={node?.name ?? chosen}
        about="The chosen table: what it says, what it is made from, and what is made from it."
      >
        {known?.description !== undefined && known.description !== null && (
          <Text size="sm" mb="sm" style={{ whiteSpace: 'pre-line' }}>
            {known.description}
          </Text>
        )}
        <Facts
          facts={[
            { title: 'Layer', value: node?.layer ?? '' },
            {
              title: 'Kind',
              value: `${KINDS[known?.kind ?? ''] ?? 'input files'}${known?.origin === 'user' ? ', your own' : ''}`,
            },
            ...(known === undefined ? [] : [{ title: 'Rows', value: format.number(known.row_count) }]),
            ...(questions.length === 0 ? [] : [{ title: 'Charts', text: CHARTS, value: questions.join(', ') }]),
          ]}
        />
        <SimpleGrid cols={{ base: 1, md: 2 }} mt="md">
          <Names title="Upstream: it is made from" ids={upstream} lineage={lineage} onChoose={onChoose} of="upstream" />
          <Names
            title="Downstream: made from it"
            ids={downstream}
            lineage={lineage}
            onChoose={onChoose}
            of="downstream"
          />
        </SimpleGrid>
      </CardFrame>
      {isTable && !source.isOffline && <Columns table={known.name ?? ''} />}
    </Stack>
  );
}

interface NamesProps extends Pick<LineageDetailsProps, 'lineage' | 'onChoose'> {
  readonly title: string;
  readonly ids: ReadonlySet<string>;
  readonly of: string;
}

/** The same as the graph shows, as a list. */
function Names({ title, ids, lineage, onChoose, of }: NamesProps) {
  const format = useFormat();
  const found = lineage.nodes.filter(({ id }) => ids.has(id));
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title} {format.number(found.length)}
      </Text>
      <Group component="ul" gap={8} p={0} m={0} style={{ listStyle: 'none' }} data-names={of}>
        {found.map(({ id, name }) => (
          <li key={id} data-name={id}>
            {isPage(id) ? (
              <Anchor component={Link} href={pageAddress(id)} size="sm" underline="always">
                page {name}
              </Anchor>
            ) : (
              <Anchor component="button" type="button" size="sm" onClick={() => onChoose(id)} ta="start">
                <bdi style={{ overflowWrap: 'anywhere' }}>{name}</bdi>
              </Anchor>
            )}
          </li>
        ))}
      </Group>
    </div>
  );
}

function Columns({ table }: { readonly table: string }) {
  const columns = useQuestion('data/dictionary', { table });
  return (
    <TableCard
      title="Its columns"
      about="What each column of the chosen table means."
      question={columns}
      columns={[
        {
          name: 'column_name',
          title: 'Column',
          cell: ({ column_name, is_key }) => (
            <>
              <Code>{column_name}</Code>
              {is_key === true && (
                <Badge size="xs" variant="outline" color="gray" ml={6} tt="none">
                  key
                </Badge>
              )}
            </>
          ),
        },
        { name: 'meaning', title: 'Meaning' },
      ]}
    />
  );
}
