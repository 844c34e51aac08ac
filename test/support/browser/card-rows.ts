import type { Page } from 'playwright-core';

/** The cells of the table of a card, row by row, as they are read. */
export function cardRows(page: Page, card: string): Promise<string[][]> {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(`[data-card="${card}"] tbody tr`)})].map(
    (row) => [...row.cells].map((cell) => cell.innerText.trim()),
  )`);
}

/** The same of a card with a chart, whose figures are shown as a table first. */
export async function chartRows(page: Page, card: string): Promise<string[][]> {
  await page.locator(`[data-card="${card}"]`).getByText('Table', { exact: true }).click();
  return cardRows(page, card);
}
