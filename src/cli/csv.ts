import type { Value } from '../engines/result-set.ts';

function csvField(value: Value): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record of RFC 4180 with a line feed at its end. */
export function csvRecord(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\n`;
}
