import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompileOptions, compileModel } from '../../src/project/compile.ts';
import { parseSqlModel } from '../../src/project/sql-model.ts';
import type { SqlValue } from '../../src/project/sql-text.ts';
import { openDuckDb, projectErrorOf } from './helpers.ts';

let db: Awaited<ReturnType<typeof openDuckDb>>;
beforeAll(async () => {
  db = await openDuckDb();
});
afterAll(() => db.close());

function modelOf(sql: string) {
  return parseSqlModel(`/*\nOne row.\n*/\n${sql}`, { name: 'm', layer: 'staging', file: 'm.sql', origin: 'user' });
}

function compile(
  sql: string,
  vars: Readonly<Record<string, SqlValue>> = {},
  engine: CompileOptions['engine'] = 'duckdb',
) {
  return compileModel(modelOf(sql), {
    engine,
    relation: (name) => `staging."${name}"`,
    source: (name) => `raw."${name}"`,
    vars: new Map(Object.entries(vars)),
  });
}

describe('compileModel', () => {
  it('gives plain SQL without the header: relations, sources, values and portable functions in place', () => {
    const sql = compile(
      "select {{ divide('a', 'b') }}\nfrom {{ ref('x') }}, {{ source('y') }}\nwhere a > {{ var('limit') }}\n",
      {
        limit: 5,
      },
    );
    expect(sql).toBe(
      'select (cast(a as double precision) / nullif(cast(b as double precision), 0))\n' +
        'from staging."x", raw."y"\nwhere a > 5',
    );
  });

  it('takes the form of the engine', () => {
    expect(compile("select {{ format_month('d') }}", {}, 'postgres')).toBe(
      "select to_char(cast(d as date), 'YYYY-MM')",
    );
    expect(compile("select {{ format_month('d') }}", {}, 'duckdb')).toBe("select strftime(cast(d as date), '%Y-%m')");
  });

  it('what it gives runs, and gives the values back as they were', async () => {
    const vars = {
      text: "O'Neil; drop table x --",
      backslash: 'a\\',
      whole: 5,
      negative: -0.05,
      tiny: 1e-7,
      huge: 1e21,
      yes: true,
      nothing: null,
      list: ['a', "b'"],
      none: [],
    };
    const sql = compile(
      "select {{ var('text') }}, {{ var('backslash') }}, 1 -{{ var('whole') }}, 1 -{{ var('negative') }}, {{ var('tiny') }} * 1e7, " +
        "{{ var('huge') }} = 1e21, not {{ var('yes') }}, {{ var('nothing') }} is null, 'b''' in {{ var('list') }}, 'x' in {{ var('list') }}, " +
        "'x' in {{ var('none') }}, 'x' not in {{ var('none') }}",
      vars,
    );
    expect(await db.query(sql)).toEqual([
      [vars.text, vars.backslash, -4, '1.05', 1, true, false, true, true, false, false, true],
    ]);
  });

  it('an unknown variable is an error with the place in the file and the nearest name', () => {
    const error = projectErrorOf(() => compile("select 1\nwhere a > {{ var('lostDay') }}", { lostDays: 365 }));
    expect(error.message).toBe(
      '"lostDay" is not a variable of the configuration (did you mean "lostDays"?), in m.sql:5:14',
    );
  });

  it('a variable named like a property of every object is unknown', () => {
    expect(projectErrorOf(() => compile("select {{ var('constructor') }}")).message).toContain('is not a variable');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'a\0b'])('a value that SQL cannot hold is refused: %j', (value) => {
    expect(projectErrorOf(() => compile("select {{ var('x') }}", { x: value })).message).toMatch(
      /^"x" cannot be written in SQL: .*, in m\.sql:4:11$/,
    );
  });
});

describe('parseSqlModel', () => {
  it('collects what a model reads, each name once and sorted', () => {
    const model = modelOf("select * from {{ ref('b') }}, {{ ref('a') }}, {{ ref('b') }}, {{ source('raw') }}");
    expect(model).toMatchObject({ kind: 'sql', dependsOn: ['a', 'b'], sources: ['raw'] });
  });

  it('only staging models read sources', () => {
    const place = { name: 'm', layer: 'business', file: 'm.sql', origin: 'user' } as const;
    const error = projectErrorOf(() => parseSqlModel("/* One row. */\nselect * from {{ source('raw') }}", place));
    expect(error.message).toBe("source('raw') in the business model m, in m.sql:2:18");
  });

  it('a header alone is no model', () => {
    expect(projectErrorOf(() => modelOf('  \n')).message).toBe('model m has no SQL after its header, in m.sql:1:1');
  });
});
