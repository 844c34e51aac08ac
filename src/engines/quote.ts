/** A name in SQL, whatever it is made of. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL, where backslashes mean nothing (the standard, and the setting of every session of ours). */
export function quotedString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
