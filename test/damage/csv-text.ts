/** The cells of RFC 4180 text that is known to be sound: a second reader, independent of the scanner under test. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  for (let at = 0; at < text.length; ) {
    let cell = '';
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++;
      cell = text.slice(from, at);
    }
    cells.push(cell);
    const after = text[at] ?? '\n';
    if (after !== delimiter && after !== '\n') throw new Error(`${JSON.stringify(after)} behind a cell at ${at}`);
    at++;
    if (after === delimiter && at === text.length) cells.push('');
    if (after === '\n' || at === text.length) {
      records.push(cells);
      cells = [];
    }
  }
  return records;
}

function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) throw new Error(`the quote at ${opening} is not closed`);
    if (text[at + 1] !== '"') return at;
    at++;
  }
}

/** A cell as CSV has it, quoted where it must be, or always. */
export function csvCell(text: string, delimiter: string, always = false): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]/.test(text);
  return always || needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
