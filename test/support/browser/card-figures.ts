import type { Locator, Page } from 'playwright-core';
import type { ServedShop } from '../serve-shop.ts';

/** The card with this title. */
export function cardOf(page: Page, title: string): Locator {
  return page.locator(`[data-card="${title}"]`);
}

/** Shows the figures of a card as a table. */
export async function showTable(card: Locator): Promise<void> {
  await card.locator('label', { hasText: /^Table$/ }).click();
  await card.locator('tbody').waitFor();
}

/** Texts of the cells of a card's table. */
export function cellsOf(card: Locator): Promise<string[][]> {
  return card
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => Array.from(row.querySelectorAll('td'), ({ textContent }) => textContent ?? '')),
    );
}

/** The number in a text such as $1,234.50 or 12.5%. */
export function numberIn(text: string | undefined): number {
  return Number(text?.replace(/[^\d.-]/g, ''));
}

/** How many customers the list has at this address of the app, by the API with the same parameters. */
export async function customersAt(server: ServedShop, address: string | null): Promise<number | undefined> {
  const url = new URL(address ?? '', 'http://x');
  if (url.pathname !== '/customers') throw new Error(`not the list of customers: ${address}`);
  const { page } = await server.rows(`/api/customers${url.search}`);
  return page?.total;
}

/** Links in the rows of a card's table, each with the text of a cell of its row. */
export async function linksOf(card: Locator, cell: number): Promise<{ href: string; figure: string }[]> {
  const rows = await card.locator('tbody tr').evaluateAll((found) =>
    found.map((row) => ({
      href: row.querySelector('a')?.getAttribute('href') ?? '',
      cells: Array.from(row.querySelectorAll('td'), ({ textContent }) => textContent ?? ''),
    })),
  );
  return rows.map(({ href, cells }) => ({ href, figure: cells[cell] ?? '' }));
}

/** Rows of the file behind a card's CSV link, without the line of names. */
export async function csvRows(server: ServedShop, card: Locator): Promise<string[][]> {
  const href = await card.getByRole('link', { name: 'download as CSV' }).getAttribute('href');
  const { text } = await server.get(href ?? '');
  return text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}
