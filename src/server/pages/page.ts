import { type Html, html } from './html.ts';

/** A whole page: no script, its style from a file of its own. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · marketing-pipeline</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/plain/style.css">
</head>
<body>
<header><a href="/plain">marketing-pipeline</a></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}

/** The style of the pages that need no script. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #ffffff; --soft: #f2f5f9; --line: #ccd5e0; --link: #0b57a8; --faint: #566273; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf4; --paper: #12161d; --soft: #1c232d; --line: #37414f; --link: #8fc1ff; --faint: #a3b0c0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { padding: 0.75rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--soft); font-weight: 600; }
header a { color: inherit; text-decoration: none; }
main { max-width: 80rem; margin: 0 auto; padding: 1.25rem; }
h1 { margin: 0.5rem 0 1rem; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.15rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
p, li { max-width: 46rem; }
.faint { color: var(--faint); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td { max-width: 32rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
tr:last-child td { border-bottom: 0; }
thead th { background: var(--soft); white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; margin: 1rem 0; }
code, pre { font-family: ui-monospace, monospace; }
pre { padding: 0.75rem 1rem; background: var(--soft); border-radius: 6px; overflow-x: auto; }
`;
