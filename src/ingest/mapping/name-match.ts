import { foldedKey } from './column-name.ts';
import type { HeaderIndex } from './header-index.ts';
import { knownNames } from './known-names.ts';
import { targetByWords } from './name-words.ts';
import { type TargetName, targetNames, targets } from './target.ts';

/** A column that may mean a target. */
export interface Candidate {
  readonly position: number;
  /** 0.6 (a word of it fits) to 1 (the preferred name). */
  readonly confidence: number;
}

/** What the names of a header say, target by target. */
export interface NameMatch {
  /** The only best column of each target that has one. */
  readonly found: ReadonlyMap<TargetName, Candidate>;
  /** Required targets with several best columns. */
  readonly ambiguous: ReadonlyMap<TargetName, readonly Candidate[]>;
  /** All candidates of each target, the best first. */
  readonly candidates: ReadonlyMap<TargetName, readonly Candidate[]>;
}

interface Meaning {
  readonly target: TargetName;
  readonly confidence: number;
}

/** The known names turned round: what each key means. */
const meaningsByKey: ReadonlyMap<string, readonly Meaning[]> = meaningsOf();

function meaningsOf(): Map<string, Meaning[]> {
  const table = new Map<string, Meaning[]>();
  for (const target of targetNames) {
    for (const [confidence, names] of knownNames[target] ?? []) {
      for (const name of names) {
        const key = foldedKey(name);
        const meanings = table.get(key) ?? [];
        if (!meanings.some((meaning) => meaning.target === target)) meanings.push({ target, confidence });
        table.set(key, meanings);
      }
    }
  }
  return table;
}

/** Matches names one by one. `taken` are targets that are settled already and columns that no target may take. */
export function matchNames(
  header: HeaderIndex,
  taken: { readonly targets?: ReadonlySet<TargetName>; readonly columns?: ReadonlySet<number> } = {},
): NameMatch {
  const candidates = new Map<TargetName, Candidate[]>();
  const offer = (target: TargetName, candidate: Candidate) => {
    const list = candidates.get(target);
    if (list === undefined) candidates.set(target, [candidate]);
    else list.push(candidate);
  };
  for (const [key, positions] of header.keys) {
    if (key === '') continue;
    const free = positions.filter((position) => !taken.columns?.has(position));
    const [first] = free;
    if (first === undefined) continue;
    const meanings = meaningsByKey.get(foldedKey(header.name(first)));
    const fallback = meanings === undefined ? targetByWords(header.name(first)) : undefined;
    for (const { target, confidence } of meanings ?? (fallback === undefined ? [] : [fallback])) {
      if (taken.targets?.has(target)) continue;
      for (const position of free) offer(target, { position, confidence });
    }
  }
  for (const list of candidates.values()) list.sort((a, b) => b.confidence - a.confidence || a.position - b.position);
  return settle(candidates);
}

/** Gives each target its best column; the surest pairs first, so that a column goes where it fits best. */
function settle(candidates: ReadonlyMap<TargetName, readonly Candidate[]>): NameMatch {
  const found = new Map<TargetName, Candidate>();
  const ambiguous = new Map<TargetName, readonly Candidate[]>();
  const used = new Set<number>();
  const open = new Set(candidates.keys());
  while (open.size > 0) {
    let best: { target: TargetName; ties: readonly Candidate[] } | undefined;
    for (const target of targetNames) {
      if (!open.has(target)) continue;
      const free = (candidates.get(target) ?? []).filter(({ position }) => !used.has(position));
      const [first] = free;
      if (first === undefined) {
        open.delete(target);
        continue;
      }
      if (best !== undefined && first.confidence <= (best.ties[0]?.confidence ?? 0)) continue;
      best = { target, ties: free.filter(({ confidence }) => confidence === first.confidence) };
    }
    if (best === undefined) break;
    open.delete(best.target);
    const [first] = best.ties;
    if (first === undefined) continue;
    if (best.ties.length === 1) {
      found.set(best.target, first);
      used.add(first.position);
    } else if (targets[best.target].isRequired) {
      ambiguous.set(best.target, best.ties);
      for (const { position } of best.ties) used.add(position);
    }
  }
  return { found, ambiguous, candidates };
}
