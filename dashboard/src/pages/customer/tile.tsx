import { Paper, Text } from '@mantine/core';
import type { CustomerExplanation } from '../../api/source.ts';
import { Definition, type Meaning } from '../../components/definition.tsx';

interface TileProps {
  readonly name: string;
  readonly title: string;
  /** What the figure means. */
  readonly about: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly grade?: Meaning['grade'];
}

/** One figure of a customer. */
export function Tile({ name, title, about, value, note, grade }: TileProps) {
  return (
    <Paper withBorder p="sm" data-tile={name}>
      <Text size="sm" c="dimmed">
        <Definition text={about} grade={grade}>
          {title}
        </Definition>
      </Text>
      <Text size="xl" fw={600} data-value>
        {value}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed" lh={1.5}>
          {note}
        </Text>
      )}
    </Paper>
  );
}

type Outlook<Foreseen> = {
  readonly expected: Foreseen | null;
  readonly reason: string | null;
  readonly grade: CustomerExplanation['churn']['grade'];
};

interface OutlookTileProps<Foreseen> {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly outlook: Outlook<Foreseen>;
  readonly show: (expected: Foreseen) => { readonly value: string; readonly notes: readonly (string | undefined)[] };
}

/** One figure that is foreseen, or why it is not. */
export function OutlookTile<Foreseen>({ name, title, about, outlook, show }: OutlookTileProps<Foreseen>) {
  const { expected, reason, grade } = outlook;
  const of = { name, title, about, grade: { ...grade, score: name } };
  if (expected === null) {
    const isWithheld = grade.grade === 'WITHHELD';
    return <Tile {...of} value={isWithheld ? 'Withheld' : 'None'} note={reason ?? 'no prediction was made'} />;
  }
  const { value, notes } = show(expected);
  return <Tile {...of} value={value} note={notes.filter((note) => note !== undefined).join('; ')} />;
}
