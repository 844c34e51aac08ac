import type { BaseLocationHook } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { anchorOf, REPORT_PAGES } from './sections.ts';

type Memory = Pick<ReturnType<typeof memoryLocation>, 'hook' | 'searchHook'>;

/**
 * An address for each page of the report, since all of them are in one document: what is chosen on a page stays on it, and
 * a link to another page leads to its place further up or down.
 */
export function reportLocations(): (path: string) => BaseLocationHook {
  const memories = new Map(REPORT_PAGES.map(({ path }) => [path, memoryLocation({ path })]));
  const hookOf = (own: string, { hook, searchHook }: Memory): BaseLocationHook => {
    const navigate = (to: string, options?: { readonly replace?: boolean }) => {
      const path = to.startsWith('?') ? own : (to.split('?', 1)[0] ?? own);
      memories.get(path)?.navigate(to.startsWith('?') ? own + to : to, options);
      if (path !== own) showSection(anchorOf(path));
    };
    const hrefs = (href: string) => `#${anchorOf(href.split('?', 1)[0] ?? own)}`;
    return Object.assign((): ReturnType<BaseLocationHook> => [hook()[0], navigate], { searchHook, hrefs });
  };
  const hooks = new Map([...memories].map(([path, memory]) => [path, hookOf(path, memory)]));
  return (path) => {
    const found = hooks.get(path);
    if (found === undefined) throw new Error(`${path} is not part of the report`);
    return found;
  };
}

function showSection(anchor: string): void {
  if (document.getElementById(anchor) !== null) window.location.hash = anchor;
}
