import { List, Text } from '@mantine/core';
import { useMemo } from 'react';
import { driverText } from '../../../../src/cli/explain-driver-words.ts';
import { wordsOf } from '../../../../src/cli/explain-words.ts';
import { formatter } from '../../../../src/cli/format.ts';
import type { CustomerExplanation } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { usePalette } from '../../charts/use-palette.ts';
import { Withheld } from '../../components/states.tsx';
import { Card } from './card.tsx';
import classes from './customer-page.module.css';

/** What raises and what lowers the risk that the customer is gone, in the words of the command explain. */
export function RiskCard({ explanation: { churn } }: { readonly explanation: CustomerExplanation }) {
  const { snapshot } = useSource();
  const palette = usePalette();
  const words = useMemo(() => wordsOf(formatter(snapshot)), [snapshot]);
  const { expected, reason, grade } = churn;
  const strongest = Math.max(0, ...(expected?.drivers ?? []).map(({ logOdds }) => Math.abs(logOdds)));
  return (
    <Card
      title="What drives the churn risk"
      about="What sets this customer apart from an average one, strongest first, and what it does to the odds of leaving."
      grade={{ ...grade, score: 'churn_risk' }}
    >
      {expected === null && <Withheld what="Churn risk" reason={reason ?? 'no prediction was made'} />}
      {expected !== null && expected.drivers.length === 0 && (
        <Text size="sm">Nothing sets this customer apart from an average one.</Text>
      )}
      {expected !== null && expected.drivers.length > 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          Against an average customer, strongest first.
        </Text>
      )}
      {expected !== null && (
        <List listStyleType="none" spacing="sm">
          {expected.drivers.map((driver) => {
            const isRaising = driver.logOdds > 0;
            return (
              <List.Item key={driver.driver} data-driver={driver.driver}>
                <Text size="sm">
                  <Text span c={isRaising ? palette.bad : palette.good} fw={700} aria-hidden>
                    {isRaising ? '▲ ' : '▼ '}
                  </Text>
                  {driverText(driver, expected.habits, words).slice(2)}
                </Text>
                <div
                  aria-hidden
                  className={classes.bar}
                  style={{
                    width: `${(100 * Math.abs(driver.logOdds)) / strongest}%`,
                    background: isRaising ? palette.bad : palette.good,
                  }}
                />
              </List.Item>
            );
          })}
        </List>
      )}
    </Card>
  );
}
