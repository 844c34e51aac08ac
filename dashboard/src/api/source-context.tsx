import { createContext, type ReactNode, use } from 'react';
import type { Snapshot } from './answer.ts';
import type { Source } from './source.ts';

interface SourceAndSnapshot {
  readonly source: Source;
  /** What is published; every question on the page is asked of it. */
  readonly snapshot: Snapshot;
}

const SourceContext = createContext<SourceAndSnapshot | undefined>(undefined);

export function SourceProvider({ children, ...value }: SourceAndSnapshot & { readonly children: ReactNode }) {
  return <SourceContext value={value}>{children}</SourceContext>;
}

/** Where the figures come from, and from which snapshot. */
export function useSource(): SourceAndSnapshot {
  const found = use(SourceContext);
  if (found === undefined) throw new Error('useSource needs a SourceProvider above it');
  return found;
}
