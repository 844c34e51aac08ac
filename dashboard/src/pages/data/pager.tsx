import { Button, Group, Text } from '@mantine/core';
import type { Answer } from '../../api/answer.ts';
import { useFormat } from '../../format/use-format.ts';

interface PagerProps {
  /** What is paged, for the names of the buttons. */
  readonly of: string;
  readonly page: NonNullable<Answer<never>['page']>;
  readonly onMove: (offset: number) => void;
}

/** Which rows of an answer are shown, and the way to those before and behind them. */
export function Pager({ of, page: { limit, offset, total }, onMove }: PagerProps) {
  const format = useFormat();
  const last = Math.min(offset + limit, total);
  return (
    <Group gap="sm" mt="sm" className="screen-only">
      <Button
        variant="default"
        size="xs"
        disabled={offset === 0}
        aria-label={`${of}: the page before`}
        onClick={() => onMove(Math.max(0, offset - limit))}
      >
        ← Before
      </Button>
      <Text size="sm" role="status">
        {total === 0 ? 'none' : `${format.number(offset + 1)} to ${format.number(last)} of ${format.number(total)}`}
      </Text>
      <Button
        variant="default"
        size="xs"
        disabled={last >= total}
        aria-label={`${of}: the next page`}
        onClick={() => onMove(offset + limit)}
      >
        Next →
      </Button>
    </Group>
  );
}
