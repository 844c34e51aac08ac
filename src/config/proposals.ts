import { didYouMean } from '../did-you-mean.ts';
import { printable } from '../printable.ts';
import type { ConfigEntries } from './config-file.ts';
import { settledConnection } from './connection-setting.ts';
import { ENVIRONMENT_PREFIX, flagName, keysByEnvironmentName } from './environment.ts';
import type { Origin } from './origin.ts';
import { type ConfigKey, configKeys, isConfigKey } from './schema.ts';
import { showValue } from './show-value.ts';
import { valueFromText } from './value-text.ts';

/** A value that a source proposes for a key, unchecked. */
export interface Proposal {
  readonly value: unknown;
  readonly origin: Origin;
}

/** What one source proposes, and what is wrong with its keys. */
export interface Proposals {
  readonly byKey: ReadonlyMap<ConfigKey, Proposal>;
  readonly problems: readonly string[];
  /** What to do about the problems, beyond correcting them. */
  readonly remedies: readonly string[];
}

export function fromFile(path: string, entries: ConfigEntries): Proposals {
  const origin: Origin = { kind: 'file', path };
  return collect(entries, `in ${printable(path)}`, (_, value) => ({ value, origin }));
}

/** Flags come typed from the library and as text from the command line. */
export function fromFlags(flags: Readonly<Record<string, unknown>>): Proposals {
  return collect(Object.entries(flags), 'in the flags', (key, value) => ({
    value: typeof value === 'string' ? valueFromText(key, value) : value,
    origin: { kind: 'flag', name: flagName(key) },
  }));
}

export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Proposals {
  const found = new Found();
  const keys = keysByEnvironmentName();
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || !name.startsWith(ENVIRONMENT_PREFIX)) continue;
    const key = keys.get(name);
    if (key === undefined) {
      found.problems.push(
        `unknown environment variable ${showValue(name)}${didYouMean(name.slice(0, 200), keys.keys())}`,
      );
    } else {
      found.propose(key, { value: valueFromText(key, text), origin: { kind: 'environment', name } });
    }
  }
  return found;
}

/** A key that is present but undefined counts as left out. */
function collect(
  entries: ConfigEntries,
  where: string,
  propose: (key: ConfigKey, value: unknown) => Proposal,
): Proposals {
  const found = new Found();
  for (const [key, value] of entries) {
    if (!isConfigKey(key)) {
      found.problems.push(`unknown config key ${showValue(key)} ${where}${didYouMean(key.slice(0, 200), configKeys)}`);
    } else if (value !== undefined) {
      found.propose(key, propose(key, value));
    }
  }
  return found;
}

class Found implements Proposals {
  readonly byKey = new Map<ConfigKey, Proposal>();
  readonly problems: string[] = [];
  readonly remedies: string[] = [];

  propose(key: ConfigKey, proposal: Proposal): void {
    const settled = key === 'connection' ? settledConnection(proposal.value, proposal.origin) : proposal;
    if ('value' in settled) {
      this.byKey.set(key, { ...proposal, value: settled.value });
    } else {
      this.problems.push(settled.problem);
      this.remedies.push(...settled.remedy);
    }
  }
}
