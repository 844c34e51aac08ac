import type { Row } from '../../engines/result-set.ts';
import type { AnswerColumn, Page } from '../answer.ts';
import type { Problem } from '../problem.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

interface ListedTable {
  readonly layer: string;
  readonly name: string;
  readonly rowCount: number;
  readonly description: string | null;
}

const API = html`<p>The same for programs: <a href="/api/openapi.json">/api/openapi.json</a> describes every question
that can be asked.</p>`;

const count = (value: number) => value.toLocaleString('en-US');

/** The start page that needs no script: what is published, and the tables. */
export function startPage(
  about: { readonly snapshotId: string; readonly asOf: string },
  tables: readonly ListedTable[],
): string {
  const rows = tables.map(
    ({ layer, name, rowCount, description }) => html`<tr>
<td><a href="/plain/${layer}/${name}">${layer}.${name}</a></td>
<td class="number">${count(rowCount)}</td>
<td>${(description ?? '').split('\n')[0] ?? ''}</td>
</tr>
`,
  );
  return page(
    'Published data',
    html`<p>As of ${about.asOf}. <span class="faint">Snapshot ${about.snapshotId}</span></p>
${API}
<h2>Tables</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Table</th><th scope="col" class="number">Rows</th><th scope="col">What it says</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`,
  );
}

/** Before the first run: what to do. */
export function nothingPage(): string {
  return page(
    'No data yet',
    html`<p>Nothing has been published in this data folder. Run the pipeline, then load this page again:</p>
<pre>npx marketing-pipeline run orders.csv</pre>
<p>Without a file it runs over the bundled sample. The server need not be started anew.</p>
${API}`,
  );
}

/** One page of a table. */
export function tablePage(
  { layer, name, description }: ListedTable,
  columns: readonly AnswerColumn[],
  rows: readonly Row[],
  { limit, offset, total }: Page,
): string {
  const path = `/plain/${layer}/${name}`;
  const isNumber = columns.map(({ type }) => type === 'integer' || type === 'decimal' || type === 'double');
  const cellClass = (position: number) => (isNumber[position] === true ? html` class="number"` : html``);
  const heads = columns.map(
    (column, position) => html`<th scope="col"${cellClass(position)} title="${column.description}">${column.name}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = row.map((value, position) => html`<td${cellClass(position)}>${String(value ?? '')}</td>`);
    return html`<tr>${cells}</tr>
`;
  });
  const links: Html[] = [];
  if (offset > 0) links.push(html`<a href="${path}?offset=${Math.max(0, offset - limit)}" rel="prev">Rows before</a>`);
  if (offset + limit < total) links.push(html`<a href="${path}?offset=${offset + limit}" rel="next">More rows</a>`);
  links.push(html`<a href="/api/tables/${layer}/${name}.csv">All rows as CSV</a>`);
  const last = Math.min(offset + limit, total);
  const shown = rows.length === 0 ? 'no rows' : `rows ${count(offset + 1)} to ${count(last)} of ${count(total)}`;
  return page(
    `${layer}.${name}`,
    html`<p>${description ?? 'The records as they came.'}</p>
<p class="faint">${shown}</p>
<nav aria-label="Pages">${links}</nav>
<div class="scroll" tabindex="0" role="region" aria-label="Rows"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody></table></div>`,
  );
}

/** A page for people where something is not as they wished. */
export function problemPage({ message, remedy }: Problem, correlationId?: string): string {
  const steps = remedy.map((step) => html`<li>${step}</li>`);
  return page(
    'This does not work',
    html`<p>${message}</p>
<ul>${steps}</ul>
<p class="faint">${correlationId === undefined ? '' : `Details stand in the log under ${correlationId}.`}</p>`,
  );
}
