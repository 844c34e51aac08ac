/**
 * Cards of several pages may have the same title, which tells them apart nowhere but in the report, where all pages are in
 * one document: there the title of the page is added, and a number where even that is the same, for those who jump from one
 * to the next by name.
 */
export function nameLandmarks(root: HTMLElement): void {
  const sections = [...root.querySelectorAll('section[aria-label]')];
  for (const [name, alike] of Map.groupBy(sections, nameOf)) {
    if (alike.length < 2) continue;
    for (const section of alike) section.setAttribute('aria-label', [name, pageOf(section)].join(', '));
  }
  for (const [name, alike] of Map.groupBy(sections, nameOf)) {
    for (const [index, section] of alike.slice(1).entries())
      section.setAttribute('aria-label', `${name} (${index + 2})`);
  }
}

function nameOf(section: Element): string {
  return section.getAttribute('aria-label') ?? '';
}

function pageOf(section: Element): string {
  return section.closest('[data-page]')?.querySelector('h2')?.textContent ?? '';
}
