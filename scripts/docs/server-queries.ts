import { namedQueries } from '../../src/server/query-registry.ts';
import { markdownTable } from './markdown.ts';

/** The named questions of the server with their parameters. */
export function serverQueryTable(): string {
  const rows = namedQueries.map(({ name, summary, params }) => [
    `\`${name}\``,
    summary,
    Object.keys(params.shape)
      .map((parameter) => `\`${parameter}\``)
      .join(', '),
  ]);
  return markdownTable(['Name', 'What it answers', 'Parameters'], rows);
}
