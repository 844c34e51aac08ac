import { flagName } from '../../src/config/environment.ts';
import { readingSettings } from '../../src/config/reading-settings.ts';
import { configSchema } from '../../src/config/schema.ts';
import { presets } from '../../src/ingest/mapping/presets/index.ts';
import type { Preset } from '../../src/ingest/mapping/presets/preset.ts';
import * as publicData from '../../src/ingest/mapping/presets/public-data.ts';
import { type TargetName, targetNames, targets } from '../../src/ingest/mapping/target.ts';
import { markdownTable } from './markdown.ts';

const publicPresets: ReadonlySet<Preset> = new Set(Object.values(publicData));

/** What a column can mean, with the word for it in `--map`. */
export function targetTable(): string {
  const rows = targetNames.map((name) => {
    const { isRequired, meaning } = targets[name];
    return [`\`${name}\``, isRequired ? 'yes' : '', meaning];
  });
  return markdownTable(['`--map`', 'Needed', 'What it holds'], rows);
}

/** Exports of shops and payment services, and the files of this program. */
export function platformTable(): string {
  return layoutTable(presets.filter((preset) => !publicPresets.has(preset)));
}

/** Layouts of public data sets. */
export function publicLayoutTable(): string {
  return layoutTable(presets.filter((preset) => publicPresets.has(preset)));
}

const grains = { order: 'an order', line: 'a line', 'first-line': 'a line, total on the first' } as const;

function layoutTable(shown: readonly Preset[]): string {
  return markdownTable(
    ['Export', 'A row is', 'Date', 'Customer', 'Order', 'Amount', 'Notes'],
    shown.map((preset) => [
      preset.title,
      grains[preset.grain],
      ...(['date', 'customer', 'order', 'amount'] as const).map((name) => expressionOf(preset, name)),
      notesOf(preset).join(' '),
    ]),
  );
}

/** The preferred expression; others are taken where its columns are not there. */
function expressionOf({ targets: found, refusal }: Preset, name: TargetName): string {
  const given = found[name];
  const text = typeof given === 'string' ? given : given?.[0];
  if (text === undefined) return refusal === undefined ? 'by its name' : '-';
  if (text === "''") return 'none';
  return `\`${/^\[[^\]]*\]$/.test(text) ? text.slice(1, -1) : text}\``;
}

function notesOf({ refusal, notes = [] }: Preset): string[] {
  const refused = refusal === undefined ? [] : [`Refused: ${refusal.reason}. ${refusal.remedy}`];
  const texts = notes.map((note) => (typeof note === 'string' ? note : `Without ${note.without}: ${note.note}`));
  return [...refused, ...texts];
}

/** The settings for reading files, each with its option. */
export function readingTable(): string {
  const keys = [...(Object.keys(readingSettings) as (keyof typeof readingSettings)[]), 'currency' as const];
  const defaults = configSchema.parse({});
  return markdownTable(
    ['Option of `run`, `profile`, `init`', 'Setting', 'Default', 'Meaning'],
    keys.map((key) => [
      `\`${key === 'schemaDrift' ? '--allow-schema-drift' : flagName(key)}\``,
      `\`${key}\``,
      `\`${JSON.stringify(defaults[key])}\``,
      configSchema.shape[key].description ?? '',
    ]),
  );
}
