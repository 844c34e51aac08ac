/** Width of the symbol of an entry with the gaps around it, and of an average letter, in CSS pixels. */
const SYMBOL = 40;
const LETTER = 6.5;

/** How many rows a legend needs at the top of a chart of this width, about; its grid begins below them. */
export function legendRows(legend: unknown, series: unknown, width: number): number {
  if (legend === undefined) return 0;
  const { data }: { data?: readonly unknown[] } = Object(legend);
  const entries = data ?? (Array.isArray(series) ? series : [series]);
  const wide = entries.map((entry) => {
    const name = typeof entry === 'string' ? entry : String(Object(entry).name ?? '');
    return SYMBOL + LETTER * name.length;
  });
  let [rows, used] = [1, 0];
  for (const entry of wide) {
    if (used > 0 && used + entry > width) [rows, used] = [rows + 1, 0];
    used += entry;
  }
  return rows;
}
