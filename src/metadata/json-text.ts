/** JSON text of any JSON-like value; undefined for undefined. A bigint, which JSON lacks, becomes a number or text. */
export function jsonText(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? plain(part) : part));
}

function plain(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
