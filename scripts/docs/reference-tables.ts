import { allowedValues } from '../../src/config/allowed-values.ts';
import { describeConfig } from '../../src/config/describe-config.ts';
import { environmentName } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { PORTABLE, type PortableFunction } from '../../src/project/portable.ts';
import { markdownTable } from './markdown.ts';

/** Every setting with its default, what is allowed, and its meaning. */
export async function settingsTable(): Promise<string> {
  const rows = describeConfig(await loadConfig({ env: {}, cwd: import.meta.dirname }));
  return markdownTable(
    ['Setting', 'Default', 'Allowed', 'Meaning', 'Environment'],
    rows.map(({ key, default: value, meaning }) => [
      `\`${key}\``,
      `\`${JSON.stringify(value)}\``,
      allowedValues(key),
      meaning,
      `\`${environmentName(key)}\``,
    ]),
  );
}

/** Every function that models may call, with what it returns. */
export function portableTable(): string {
  const rows = Object.entries<PortableFunction>(PORTABLE).map(([name, { params, doc, exceptions = {} }]) => [
    `\`${name}(${params.map((param) => `'${param}'`).join(', ')})\``,
    doc,
    Object.entries(exceptions)
      .map(([engine, { why }]) => `${engine}: ${why}`)
      .join('; '),
  ]);
  return markdownTable(['Call', 'Returns', 'Engines with SQL of their own, and why'], rows);
}
