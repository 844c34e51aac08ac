import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** A card of a page, by its title. */
export function cardOf(page: Page, title: string): Locator {
  return page.locator(`[data-card="${title}"]`);
}

/** Shows the figures of a card as a table and reads it: the text of each cell by the title of its column. */
export async function tableOf(page: Page, title: string): Promise<Record<string, string>[]> {
  const card = cardOf(page, title);
  await card.getByText('Table', { exact: true }).click();
  const columns = await card.locator('thead th').count();
  const heads = await Promise.all(
    Array.from({ length: columns }, (_, index) =>
      card.locator('thead th').nth(index).locator('button').first().textContent(),
    ),
  );
  const cells = await card.locator('tbody td').allTextContents();
  const rows: Record<string, string>[] = [];
  for (let at = 0; at < cells.length; at += heads.length) {
    rows.push(Object.fromEntries(heads.map((head, index) => [head ?? '', cells[at + index] ?? ''])));
  }
  return rows;
}

/** A figure as it is written (`$1,234.50`, `+12.5%`, `–`) as a number; null for what is not known. */
export function figure(text: string | null | undefined): number | null {
  const digits = (text ?? '').replace(/[^\d.-]/g, '');
  return /\d/.test(digits) ? Number(digits) : null;
}

/** The file that a card offers: a record per line, by the names of its first line; for figures without commas. */
export async function downloadOf(page: Page, title: string): Promise<Record<string, string>[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    cardOf(page, title)
      .getByRole('link', { name: `${title}: download as CSV` })
      .click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const [head = [], ...lines] = text
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ''])));
}

/** Presses Tab until the element has the focus, as somebody without a mouse does; fails after a hundred times. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    await page.keyboard.press('Tab');
    if ((await element.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`Tab does not lead to ${element}`);
}
