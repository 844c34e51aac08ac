/** A number as it stands in a sentence: `1,234`. */
export const written = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** So many of a thing: `1 day`, `1,234 days`. */
export const counted = (count: number, thing: string): string => `${written(count)} ${thing}${count === 1 ? '' : 's'}`;
