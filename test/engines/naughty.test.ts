import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quotedIdentifier, quotedString } from '../../src/engines/quote.ts';
import { sharedFile } from '../support/shared-data.ts';
import { makeEngine, manifestOf, openReader, openWorkspace } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const list = sharedFile('naughty-strings.json');

/** The big list, and what else has broken quoting somewhere; no engine stores NUL. */
function naughtyStrings(): string[] {
  const known: string[] = list.isMissing ? [] : JSON.parse(readFileSync(list.path, 'utf8'));
  const ours = [
    `'`,
    `''`,
    `"`,
    `\\`,
    `\\'`,
    `\\"`,
    `$$`,
    `$a$`,
    `--`,
    '/*',
    ';',
    '\n',
    '\r\n',
    '\t',
    'a\u00a0b',
    '😀',
    '\u202e',
    '{}',
  ];
  return [...new Set([...ours, ...known])].filter((text) => text !== '' && !text.includes('\0') && text.isWellFormed());
}

/** The client of one engine drops a byte order mark in front; exports ask for exact text. */
const startsWithMark = (text: string) => text.startsWith('\ufeff');

describe(`nasty names and values${list.note}`, () => {
  test('values go in and come out as they are, through statements, tables, readers and streams', async () => {
    const folder = temporaryFolder();
    const engine = makeEngine(folder);
    const workspace = await openWorkspace(engine, 'one');
    const strings = naughtyStrings().filter((text) => !startsWithMark(text));
    const rows = strings.map((text, position) => [position, text]);
    const columns = [
      { name: 'position', sqlType: 'integer' },
      { name: 'value', sqlType: 'varchar' },
    ];
    await workspace.createFromRows({ layer: 'business', name: 'naughty', columns, rows, orderBy: ['position'] });
    for (const layer of ['staging', 'warehouse'] as const) {
      await workspace.createRelation({ layer, name: 'x', kind: 'table', sql: 'select 1 as n', orderBy: [] });
    }
    await engine.publish(manifestOf(await workspace.seal(), 'one', 1));
    const published = await engine.published();
    if (published === undefined) throw new Error('nothing is published');
    const reader = await openReader(engine, published);
    const answer = await reader.query('select value from business.naughty order by position');
    expect(answer.rows.map(([text]) => text)).toEqual(strings);
    const streamed: unknown[] = [];
    for await (const { rows: some } of reader.stream('select value from business.naughty order by position')) {
      streamed.push(...some.map(([text]) => text));
    }
    expect(streamed).toEqual(strings);
    for (const text of strings.slice(0, 60)) {
      const found = await reader.query(`select count(*) from business.naughty where value = ${quotedString(text)}`);
      expect(found.rows, JSON.stringify(text)).toEqual([[1]]);
      const bound = await reader.query('select count(*) from business.naughty where value = $1', { params: [text] });
      expect(bound.rows, JSON.stringify(text)).toEqual([[1]]);
    }
  });

  test('names stay names, whatever they are made of', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    // A server cuts names at 63 bytes; models may not have longer ones.
    const names = naughtyStrings().filter((text) => Buffer.byteLength(text) <= 63 && !startsWithMark(text));
    expect(names.length).toBeGreaterThan(15);
    const columns = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
    for (let start = 0; start < columns.length; start += 100) {
      const some = columns.slice(start, start + 100);
      const select = some.map((name, position) => `${position} as ${quotedIdentifier(name)}`).join(', ');
      const result = await workspace.query(`select ${select}`);
      expect(result.columns.map(({ name }) => name)).toEqual(some);
      expect(result.rows).toEqual([some.map((_, position) => position)]);
    }
    for (const name of columns.slice(0, 40)) {
      const relation = workspace.relation('business', name);
      await workspace.execute(`create table ${relation} as select 1 as n`);
      expect((await workspace.query(`select n from ${relation}`)).rows, JSON.stringify(name)).toEqual([[1]]);
    }
  });
});
