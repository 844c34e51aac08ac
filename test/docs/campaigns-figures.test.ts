import { expect, test } from 'vitest';
import { smallestDetectableDifference } from '../../src/analytics/experiments/power.ts';
import { pageText } from './support.ts';

test('docs/campaigns.md: the smallest effects are those that the formula gives', async () => {
  const lines = (await pageText('docs/campaigns.md')).split('\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = lines.findIndex((line) => line.startsWith('| Base rate'));
  const sizes = cells(lines[start] ?? '')
    .slice(1)
    .map((cell) => Number.parseInt(cell.replaceAll(',', ''), 10));
  const rows = lines.filter((line) => /^\|\s+\d+ % \|/.test(line));
  expect([sizes.length, rows.length]).toEqual([4, 5]);
  for (const row of rows) {
    const [rate = '', ...shown] = cells(row);
    const baseRate = Number.parseInt(rate, 10) / 100;
    const computed = sizes.map((customers) => {
      const controls = Math.round(customers / 10);
      const difference = smallestDetectableDifference({ targets: customers - controls, controls, baseRate }) ?? 0;
      return `${Math.round((100 * difference) / baseRate)} %`;
    });
    expect(shown, rate).toEqual(computed);
  }
});
