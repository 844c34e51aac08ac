import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/project/load-project.ts';
import { projectErrorOfAsync, withFiles } from './helpers.ts';

const RAW = "/* One row per order.\n@column id - order\n*/\nselect id from {{ source('orders') }}";

function reading(...names: string[]): string {
  return `/* One row.\n@column id - order\n*/\nselect 1 as id${names.map((name) => `\n-- {{ ref('${name}') }}`).join('')}`;
}

const SHOP = {
  'models/staging/stg_orders.sql': RAW,
  'models/warehouse/dim_order.sql': reading('stg_orders'),
  'models/business/revenue.sql': reading('dim_order'),
  'models/business/alerts.sql': reading('revenue'),
};

type Files = Readonly<Record<string, string>>;

async function load(files: Files, withUser = true) {
  return withFiles(files, (folder) => {
    const userDir =
      withUser && Object.keys(files).some((name) => name.startsWith('mine/')) ? join(folder, 'mine') : null;
    return loadProject({ builtinDir: join(folder, 'models'), userDir, engine: 'duckdb' });
  });
}

/** The message, with the temporary folder left out. */
async function messageOf(files: Files): Promise<string> {
  return withFiles(files, async (folder) => {
    const options = { builtinDir: join(folder, 'models'), userDir: join(folder, 'mine'), engine: 'duckdb' } as const;
    await mkdir(options.userDir, { recursive: true });
    const error = await projectErrorOfAsync(() => loadProject(options));
    return error.message.replaceAll(`${folder}/`, '');
  });
}

describe('loadProject', () => {
  it('reads the layers and sorts the models', async () => {
    const project = await load({
      ...SHOP,
      'models/staging/README.md': 'no model',
      'models/staging/_draft.sql': 'nothing yet',
    });
    expect(project.order).toEqual(['stg_orders', 'dim_order', 'revenue', 'alerts']);
    expect([...project.models.keys()]).toEqual(project.order);
    expect(project.levels).toEqual([['stg_orders'], ['dim_order'], ['revenue'], ['alerts']]);
    expect(project.models.get('stg_orders')).toMatchObject({
      kind: 'sql',
      layer: 'staging',
      sources: ['orders'],
      origin: 'builtin',
    });
    expect(project.upstream('revenue')).toEqual(['stg_orders', 'dim_order']);
    expect(project.downstream('dim_order')).toEqual(['revenue', 'alerts']);
  });

  it('order keeps the layers together even where a business model could be built early', async () => {
    const project = await load({ ...SHOP, 'models/business/a_note.sql': reading() });
    expect(project.order).toEqual(['stg_orders', 'dim_order', 'a_note', 'revenue', 'alerts']);
    expect(project.levels[0]).toEqual(['a_note', 'stg_orders']);
  });

  it('a file in the root of the user folder is a business model; folders name layers', async () => {
    const project = await load({
      ...SHOP,
      'mine/vip.sql': reading('revenue'),
      'mine/warehouse/dim_shop.sql': reading('stg_orders'),
    });
    expect(project.models.get('vip')).toMatchObject({ layer: 'business', origin: 'user' });
    expect(project.models.get('dim_shop')).toMatchObject({ layer: 'warehouse', origin: 'user' });
    expect(project.order).toContain('vip');
  });

  it('a user model of the same name takes the place of ours, in its layer', async () => {
    const project = await load({
      ...SHOP,
      'mine/dim_order.sql': reading('stg_orders'),
      'mine/business/revenue.sql': reading(),
    });
    expect(project.models.get('dim_order')).toMatchObject({ layer: 'warehouse', origin: 'user' });
    expect(project.models.get('revenue')).toMatchObject({ origin: 'user', dependsOn: [] });
    expect(project.models.size).toBe(4);
  });

  it('a broken built-in model does not matter when it is replaced', async () => {
    const project = await load({ ...SHOP, 'models/business/revenue.sql': '{% broken', 'mine/revenue.sql': reading() });
    expect(project.models.get('revenue')?.origin).toBe('user');
  });

  it.each([
    [
      'an unknown model',
      { 'mine/vip.sql': reading('revenu') },
      'model vip refers to revenu, which does not exist (did you mean "revenue"?), in mine/vip.sql:5:7',
    ],
    [
      'a later layer',
      { 'models/warehouse/dim_shop.sql': reading('stg_orders', 'revenue') },
      'the warehouse model dim_shop refers to the business model revenue, in models/warehouse/dim_shop.sql:6:7',
    ],
    [
      'a cycle',
      { 'mine/revenue.sql': reading('alerts') },
      'models depend on each other: alerts -> revenue -> alerts, in models/business/alerts.sql:5:7',
    ],
    [
      'two files of one name',
      { 'mine/vip.sql': reading(), 'mine/staging/vip.sql': reading() },
      'model vip has two files, mine/vip.sql and mine/staging/vip.sql',
    ],
    [
      'two files of one name and other kind',
      { 'mine/vip.sql': reading(), 'mine/vip.ts': '' },
      'model vip has two files, mine/vip.sql and mine/vip.ts',
    ],
    [
      'a replacement in another layer',
      { 'mine/staging/revenue.sql': reading() },
      'revenue replaces a business model but is a staging model, in mine/staging/revenue.sql',
    ],
    [
      'a name that is not snake_case',
      { 'mine/TopCustomers.sql': reading() },
      '"TopCustomers" is not a model name in snake_case, in mine/TopCustomers.sql',
    ],
    [
      'models in a folder that is no layer',
      { 'mine/busines/vip.sql': reading() },
      '"busines" is not a layer (did you mean "business"?), in mine/busines/vip.sql',
    ],
    [
      'a relationship to a model that is missing',
      { 'mine/vip.sql': reading().replace('*/', '@check relationship(id, dim_ordr.id)\n*/') },
      'relationship(id, dim_ordr.id) names the model dim_ordr, which does not exist (did you mean "dim_order"?), in mine/vip.sql:3:1',
    ],
    [
      'a relationship to a column that is missing',
      { 'mine/vip.sql': reading().replace('*/', '@check relationship(id, dim_order.idd)\n*/') },
      'relationship(id, dim_order.idd) names the column idd, which dim_order does not declare (did you mean "id"?), in mine/vip.sql:3:1',
    ],
    [
      'a relationship to a later layer',
      { 'mine/staging/vip.sql': reading().replace('*/', '@check relationship(id, revenue.id)\n*/') },
      'relationship(id, revenue.id) of a staging model names a business model, which is built later, in mine/staging/vip.sql:3:1',
    ],
    [
      'a misspelled function',
      { 'mine/vip.sql': `${reading()}\n{{ divied('a', 'b') }}` },
      '"divied" is not a function of models (did you mean "divide"?), in mine/vip.sql:5:4',
    ],
  ])('refuses %s', async (_situation, files, message) => {
    expect(await messageOf({ ...SHOP, ...files })).toBe(message);
  });

  it('a folder that does not exist is an error that names the setting', async () => {
    await withFiles(SHOP, async (folder) => {
      const options = {
        builtinDir: join(folder, 'models'),
        userDir: join(folder, 'nowhere'),
        engine: 'duckdb',
      } as const;
      const error = await projectErrorOfAsync(() => loadProject(options));
      expect(error.message).toBe(`${join(folder, 'nowhere')} is not a folder that can be read`);
      expect(error.remedy).toEqual(['create it, or change modelsDir in the configuration']);
    });
  });
});

const MODEL = `{
  description: 'One row per order.',
  dependsOn: ['revenue', 'dim_order', 'revenue'],
  grain: ['id'],
  columns: [{ name: 'id', description: 'order', type: 'text' }, { name: 'score', description: '0 to 1', type: 'double' }],
  checks: ['warn not_null(id, score)', 'range(score, 0, 1)'],
  async run({ query, ref, vars }) {
    const rows = await query('select id from ' + ref('revenue'));
    return { columns: [{ name: 'id', type: 'text' }], rows: rows.map((row) => [row.id + vars.get('suffix')]) };
  },
}`;

describe('code models', () => {
  it('are imported, sorted among the others, and run on what they are given', async () => {
    const project = await load({ ...SHOP, 'mine/score.ts': `export const model: unknown = ${MODEL};` });
    const model = project.models.get('score');
    expect(model).toMatchObject({
      kind: 'code',
      layer: 'business',
      description: 'One row per order.',
      dependsOn: ['dim_order', 'revenue'],
      grain: ['id'],
      checks: [
        { kind: 'not_null', column: 'id', severity: 'warn' },
        { kind: 'not_null', column: 'score', severity: 'warn' },
        { kind: 'range', min: 0, max: 1, severity: 'error' },
      ],
    });
    expect(project.order.at(-1)).toBe('score');
    const asked: string[] = [];
    const result = await (model?.kind === 'code' ? model.run : undefined)?.({
      engine: 'duckdb',
      assignments: () => [],
      published: (name) => name,
      async query(sql) {
        asked.push(sql);
        return [{ id: 'A1' }];
      },
      ref: (name) => `business.${name}`,
      sqlOf: () => '',
      vars: new Map([['suffix', '!']]),
    });
    expect(asked).toEqual(['select id from business.revenue']);
    expect(result).toEqual({ columns: [{ name: 'id', type: 'text' }], rows: [['A1!']] });
  });

  it.each(['score.mjs', 'score.js'])('a default export in %s will do', async (name) => {
    const files = {
      ...SHOP,
      'mine/package.json': '{ "type": "module" }',
      [`mine/${name}`]: `export default ${MODEL};`,
    };
    expect((await load(files)).models.get('score')?.kind).toBe('code');
  });

  it.each([
    ['nothing is exported', 'export const x = 1;', 'the file exports no model, in mine/score.ts'],
    [
      'a property is misspelled',
      `export const model = { ...${MODEL}, dependOn: [] };`,
      '"dependOn" is not a property of a code model (did you mean "dependsOn"?), in mine/score.ts',
    ],
    [
      'a property is missing',
      `export const model = { ...${MODEL}, grain: undefined };`,
      '"grain" is not a list of column names, in mine/score.ts',
    ],
    [
      'the grain is not a column',
      `export const model = { ...${MODEL}, grain: ['idd'] };`,
      '"idd" of the grain is not a declared column (did you mean "id"?), in mine/score.ts',
    ],
    [
      'a column has an unknown type',
      `export const model = { ...${MODEL}, columns: [{ name: 'id', description: 'x', type: 'string' }] };`,
      '"columns[0]" is not { name, description, type } with a type of text, integer, bigint, double, decimal(18,2), boolean, date, in mine/score.ts',
    ],
    ['run is missing', `export const model = { ...${MODEL}, run: 1 };`, '"run" is not a function, in mine/score.ts'],
    [
      'a check is malformed',
      `export const model = { ...${MODEL}, checks: ['not_nul(id)'] };`,
      '"not_nul" is not a check (did you mean "not_null"?), in the check "not_nul(id)" of mine/score.ts',
    ],
    [
      'it reads an unknown model',
      `export const model = { ...${MODEL}, dependsOn: ['revenu'] };`,
      'model score refers to revenu, which does not exist (did you mean "revenue"?), in mine/score.ts',
    ],
    [
      'it fails while loading',
      `throw new Error('no weather today');`,
      'the code model cannot be loaded: no weather today, in mine/score.ts',
    ],
  ])('are refused when %s', async (_situation, text, message) => {
    expect(await messageOf({ ...SHOP, 'mine/score.ts': text })).toBe(message);
  });
});
