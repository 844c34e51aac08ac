import type { Page } from 'playwright-core';

/** Waits until all rows that are seen are there. */
export async function listReady(page: Page): Promise<void> {
  await page.locator('[role=table][aria-busy=false]').waitFor();
}

/** The drawn rows in their order: number of the row, from 1, and id of its customer. */
export async function drawnRows(page: Page): Promise<{ number: number; id: string }[]> {
  const rows = await page.evaluate<{ number: number; id: string }[]>(`
    [...document.querySelectorAll('[role=row][data-index]')].map((row) => ({
      number: Number(row.getAttribute('aria-rowindex')) - 1,
      id: row.querySelector('[role=rowheader]').textContent,
    }))`);
  return rows.sort((a, b) => a.number - b.number);
}

/** How many customers the page says that there are. */
export async function foundCount(page: Page): Promise<string> {
  return (await page.locator('[data-found]').textContent()) ?? '';
}
