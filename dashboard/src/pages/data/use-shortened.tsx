import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { Question } from '../../api/use-question.ts';
import { useFormat } from '../../format/use-format.ts';

/** The first rows of a long answer, and a button that shows the others too. */
export function useShortened<Row>(question: Question<Row>, most: number): readonly [Question<Row>, ReactNode] {
  const format = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const { data } = question;
  const short = useMemo(
    () => (data === undefined || isWhole ? data : { ...data, rows: data.rows.slice(0, most) }),
    [data, isWhole, most],
  );
  const total = data?.rows.length ?? 0;
  if (short === undefined || total <= most) return [question, undefined];
  const button = (
    <Button variant="default" size="xs" mt="sm" className="screen-only" onClick={() => setIsWhole(!isWhole)}>
      {isWhole ? `Show the first ${format.number(most)} only` : `Show all ${format.number(total)}`}
    </Button>
  );
  return [Object.assign({ ...question }, { data: short }), button];
}
