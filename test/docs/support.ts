import { readPages } from '../../scripts/docs/pages.ts';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

export function blocksOf(page: string): Block[] {
  return [...page.matchAll(FENCE)].map(([, language = '', text = '']) => ({ language, text }));
}

/** The page as prose: fenced blocks are left out. */
export function proseOf(page: string): string {
  return page.replace(FENCE, '');
}

export async function pageText(path: string): Promise<string> {
  const page = (await readPages()).find((candidate) => candidate.path === path);
  if (page === undefined) throw new Error(`there is no page ${path}`);
  return page.text;
}
