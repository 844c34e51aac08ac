const COLUMNS = 104;
const FONT_PIXELS = 14;
const COLUMN_PIXELS = 8.43;
const LINE_PIXELS = 20;
const MARGIN_PIXELS = 20;
const BAR_PIXELS = 36;

const COLORS = {
  back: '#16191f',
  bar: '#252a33',
  text: '#d6dae1',
  strong: '#ffffff',
  good: '#7fd18b',
  faint: '#8d96a5',
};

/** Lines of a terminal as a picture: an SVG whose text can be selected and read aloud. */
export function terminalPicture(title: string, text: string): string {
  const lines = text.trimEnd().split('\n').flatMap(wrap);
  const width = Math.ceil(COLUMNS * COLUMN_PIXELS + 2 * MARGIN_PIXELS);
  const height = BAR_PIXELS + lines.length * LINE_PIXELS + 2 * MARGIN_PIXELS;
  const dots = ['#f2635a', '#f5bf4f', '#58c454'].map(
    (color, position) => `  <circle cx="${22 + 20 * position}" cy="18" r="6" fill="${color}"/>`,
  );
  const texts = lines.flatMap((line, position) => {
    const y = BAR_PIXELS + MARGIN_PIXELS + FONT_PIXELS + position * LINE_PIXELS;
    return line === '' ? [] : [`  <text x="${MARGIN_PIXELS}" y="${y}"${styleOf(line)}>${escaped(line)}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `  <style>text { font: ${FONT_PIXELS}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: ${COLORS.text}; white-space: pre; } .strong { font-weight: bold; fill: ${COLORS.strong}; } .good { font-weight: bold; fill: ${COLORS.good}; } .faint { fill: ${COLORS.faint}; }</style>`,
    `  <rect width="${width}" height="${height}" rx="10" fill="${COLORS.back}"/>`,
    `  <path d="M0 ${BAR_PIXELS}V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V${BAR_PIXELS}Z" fill="${COLORS.bar}"/>`,
    ...dots,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

/** The text of a picture, line by line. */
export function pictureText(svg: string): string {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, text = '']) => unescaped(text)).join('\n');
}

/** A long line goes on below, where its value or its text begins. */
function wrap(line: string): string[] {
  const indent = ' '.repeat((/^ {2}[A-Z][\w -]*: +/.exec(line) ?? /^ */.exec(line) ?? [''])[0].length);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > COLUMNS) {
    const space = rest.lastIndexOf(' ', COLUMNS);
    const end = space > indent.length ? space : COLUMNS;
    lines.push(rest.slice(0, end));
    rest = `${indent}${rest.slice(end).trimStart()}`;
  }
  return [...lines, rest];
}

function styleOf(line: string): string {
  if (line.startsWith('$ ')) return ' class="strong"';
  if (line.startsWith('Pipeline completed')) return ' class="good"';
  if (/^[A-Z]{3,}\b/.test(line) || line.startsWith('  •')) return ' class="strong"';
  return line.startsWith('Published in') || line.startsWith('  marketing-pipeline ') ? ' class="faint"' : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescaped(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
