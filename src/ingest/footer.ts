/** What reports write below their table. */
const FOOTER =
  /^\W*(grand[\s_-]*)?(sub[\s_-]*)?totals?\b|^\W*sum(me|a)?\b|^\W*(gesamt|insgesamt|totale?s?|total\w*)\b|^\W*[\d.,]+\s+(records?|rows?|orders?|transactions?|results?|items?|lines?)\b|^\W*(records?|rows?|orders?|transactions?)\s*(count|downloaded|exported|:)|^\W*seller id\b|^\W*(report|file)?\s*(generated|created|exported|downloaded)\b|^\W*end of (file|report|data)\b|^\W*\*+\s*end/i;

/** Whether the cells, or the whole of a damaged line, look like a line below a table, such as `Total,,,123.45`. */
export function isFooterText(firstFilled: string): boolean {
  return FOOTER.test(firstFilled);
}
