import type { Effects } from '../effects.ts';

/** A run's id: the second it began, to be read by people, and six random digits, to be unique. It is also its snapshot's. */
export function makeRunId({ now, randomBytes }: Effects): string {
  const second = now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  return `${second}-${Buffer.from(randomBytes(3)).toString('hex')}`;
}
