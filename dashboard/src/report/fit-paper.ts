import { echarts } from '../charts/echarts.ts';

/** What is made smaller is rounded up here and there. */
const ROOM = 0.98;

/**
 * Makes everything fit the width of the paper: charts measure themselves anew, and what would have to be scrolled sideways
 * is made smaller.
 */
export function fitPaper(root: HTMLElement): void {
  for (const chart of root.querySelectorAll<HTMLElement>('[data-chart]')) echarts.getInstanceByDom(chart)?.resize();
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (!['auto', 'scroll'].includes(getComputedStyle(element).overflowX)) continue;
    if (element.hasAttribute('data-fitted') || element.scrollWidth <= element.clientWidth + 1) continue;
    element.style.setProperty('zoom', String((ROOM * element.clientWidth) / element.scrollWidth));
    element.setAttribute('data-fitted', '');
  }
}

/** Gives back their size to parts that were made smaller. */
export function unfitPaper(root: HTMLElement): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-fitted]')) {
    element.style.removeProperty('zoom');
    element.removeAttribute('data-fitted');
  }
  for (const chart of root.querySelectorAll<HTMLElement>('[data-chart]')) echarts.getInstanceByDom(chart)?.resize();
}
