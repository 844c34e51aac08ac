import { Code, Text } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { LocalChoice } from '../../components/local-choice.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useLocalChoice } from '../../components/use-local-choice.ts';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { named } from './words.ts';

type Row = QueryRow<'predictions/published-figures'>;

const AGREEMENTS: Readonly<Record<string, string>> = {
  digits: '✓ every digit',
  allowed: '≈ nearly, explained',
  different: '✗ different',
};

/** What others have published about the models, beside what this program computes. */
export function PaperSection() {
  const format = useFormat();
  const figures = useQuestion('predictions/published-figures', {});
  const [shown, setShown] = useLocalChoice('figures', ['all', 'digits', 'allowed']);
  const { data } = figures;
  const rows = data?.rows ?? [];
  const count = (agreement: string) => rows.filter((row) => row.agreement === agreement).length;
  const narrowed =
    data === undefined || shown === 'all'
      ? figures
      : Object.assign(
          { ...figures },
          { data: { ...data, rows: rows.filter((row) => row.agreement !== other(shown)) } },
        );
  return (
    <TableCard
      title="Paper against ours"
      about="Figures of the literature about the models of purchases and spend, and what this program computes for the same customers (CDNOW 1997). Nothing of your shop is in them."
      question={narrowed}
      maxHeight={640}
      controls={
        <LocalChoice
          label="Figures that are shown"
          options={[
            { value: 'all', label: 'All' },
            { value: 'digits', label: 'Every digit' },
            { value: 'allowed', label: 'Not every digit' },
          ]}
          value={shown}
          onChange={setShown}
        />
      }
      lead={
        data !== undefined && (
          <span data-figures={rows.length}>
            {format.number(count('digits'))} of {format.number(rows.length)} published figures agree in every printed
            digit, {format.number(count('allowed'))} nearly, and why is known;{' '}
            {count('different') === 0 ? 'none is different.' : `${format.number(count('different'))} are different.`}
          </span>
        )
      }
      columns={[
        { name: 'item', title: 'Figure' },
        { name: 'paper', title: 'Paper', cell: (row) => format.fixed(row.paper, Math.max(0, row.decimals ?? 0)) },
        { name: 'ours', title: 'Ours', cell: (row) => oursText(row, format) },
        {
          name: 'agreement',
          title: 'Agrees',
          cell: (row) => (
            <>
              {named(AGREEMENTS, row.agreement)}
              {row.agreement === 'allowed' && (
                <Text size="xs" c="dimmed">
                  {row.why}
                </Text>
              )}
            </>
          ),
        },
        { name: 'source', title: 'Source', cell: ({ source }) => <Text size="xs">{source}</Text> },
        {
          name: 'is_recorded',
          title: 'Computed',
          cell: ({ is_recorded }) => (is_recorded === true ? 'before' : 'just now'),
        },
      ]}
    >
      <Text size="xs" c="dimmed" mt="xs">
        Figures of CDNOW need its log of orders, which is not part of the program: they were computed when it was
        tested. Repeat it with <Code>marketing-pipeline verify --cdnow FOLDER</Code>.
      </Text>
    </TableCard>
  );
}

function other(shown: string): string {
  return shown === 'digits' ? 'allowed' : 'digits';
}

/** One digit more than is printed. */
function oursText({ ours, decimals }: Row, format: Format): string {
  if (ours === null) return 'none';
  return Number.isInteger(ours) ? format.number(ours) : format.fixed(ours, Math.max(0, decimals ?? 0) + 1);
}
