import { didYouMean } from '../../did-you-mean.ts';
import { InputError, UsageError } from '../../errors.ts';
import { compileWith, type Expression } from './expression.ts';
import { quotedColumns } from './header-errors.ts';
import type { HeaderIndex } from './header-index.ts';
import { presets } from './presets/index.ts';
import type { Preset } from './presets/preset.ts';
import type { RecordRule } from './record-rule.ts';
import { type TargetName, targetNames, targets } from './target.ts';

/** The preset whose signature the header has; of several the one that knows the most of its columns. */
export function findPreset(header: HeaderIndex): Preset | undefined {
  let best: { preset: Preset; known: number } | undefined;
  for (const preset of presets) {
    if (missingOf(preset, header).length > 0 || preset.without?.some((name) => header.has(name))) continue;
    const known = knownColumns(preset, header);
    if (best === undefined || known > best.known) best = { preset, known };
  }
  return best?.preset;
}

/**
 * The preset of that id. Throws a UsageError for an unknown id, an InputError where the header lacks columns of its
 * signature.
 */
export function presetById(id: string, header: HeaderIndex): Preset {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset === undefined) {
    const ids = presets.map((candidate) => candidate.id);
    throw new UsageError(`unknown preset ${JSON.stringify(id)}${didYouMean(id, ids)}`, {
      remedy: `Presets are ${ids.join(', ')}, and none for a match by name.`,
    });
  }
  const missing = missingOf(preset, header);
  if (missing.length > 0) {
    throw new InputError(
      `${preset.title}: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; found ${quotedColumns(header.columns)}`,
      { remedy: 'Leave the preset out to have the columns matched by name, or choose them with --map.' },
    );
  }
  return preset;
}

/** Columns of the signature that the header lacks, as text for people. */
function missingOf(preset: Preset, header: HeaderIndex): string[] {
  const missing = preset.signature.filter((name) => !header.has(name)).map((name) => JSON.stringify(name));
  for (const group of preset.oneOf ?? []) {
    if (!group.some((name) => header.has(name))) missing.push(group.map((name) => JSON.stringify(name)).join(' or '));
  }
  return missing;
}

function knownColumns(preset: Preset, header: HeaderIndex): number {
  const names = new Set([...preset.signature, ...(preset.oneOf ?? []).flat()]);
  return [...names].filter((name) => header.has(name)).length;
}

/** The preset's expression for each target whose columns are there, without those that are `settled` otherwise. */
export function presetTargets(
  preset: Preset,
  header: HeaderIndex,
  settled: ReadonlySet<TargetName>,
): Map<TargetName, Expression> {
  const compiled = new Map<TargetName, Expression>();
  for (const target of targetNames) {
    if (settled.has(target)) continue;
    const given = preset.targets[target] ?? [];
    for (const text of typeof given === 'string' ? [given] : given) {
      if (!bracketedNames(text).every((name) => header.has(name))) continue;
      compiled.set(target, compileWith(text, header, targets[target].kind, targets[target].label));
      break;
    }
  }
  return compiled;
}

/** The names that stand in brackets in a preset's expression. */
export function bracketedNames(text: string): string[] {
  return [...text.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name);
}

/** The preset's rules whose columns are there. */
export function presetRules(preset: Preset, header: HeaderIndex): RecordRule[] {
  return (preset.rules ?? []).flatMap(({ column, when, values = [], outcome }) => {
    const position = header.find(column, `the rule for ${outcome}`);
    return position === undefined ? [] : [{ column: position, when, values, outcome }];
  });
}

/** The preset's notes that hold for this header. */
export function presetNotes(preset: Preset, header: HeaderIndex): string[] {
  return (preset.notes ?? []).flatMap((note) => {
    if (typeof note === 'string') return [note];
    return header.has(note.without) ? [] : [note.note];
  });
}
