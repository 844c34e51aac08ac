/**
 * Cards of several pages may have the same title, which tells them apart nowhere but in the report, where all pages are in
 * one document: there the title of the page is added for those who jump from one to the next by name.
 */
export function nameLandmarks(root: HTMLElement): void {
  const sections = [...root.querySelectorAll('section[aria-label]')];
  const byName = Map.groupBy(sections, (section) => section.getAttribute('aria-label'));
  for (const [name, alike] of byName) {
    if (alike.length < 2) continue;
    for (const section of alike) {
      const page = section.closest('[data-page]')?.querySelector('h2')?.textContent ?? '';
      section.setAttribute('aria-label', `${name}, ${page}`);
    }
  }
}
