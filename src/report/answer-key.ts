/** Name of an answer within a report: equal for the same question, however its parameters were written. */
export function answerKey(path: string, params: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${path}?${new URLSearchParams(given)}`;
}
