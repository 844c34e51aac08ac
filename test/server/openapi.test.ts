import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedQueries } from '../../src/server/query-registry.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { type ServedShop, servePipeline } from '../support/serve-shop.ts';

interface Operation {
  readonly summary: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: object;
  }[];
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: Schema }> }>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { securitySchemes: object };
}

let shop: Shop;
let server: ServedShop;
let document: Document;

beforeAll(async () => {
  shop = await openShop();
  server = await servePipeline(shop.pipeline);
  document = JSON.parse((await server.get('/api/openapi.json')).text);
});

afterAll(async () => {
  await server.close();
  await shop[Symbol.asyncDispose]();
});

test('the document says what it is and how to get in', () => {
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'marketing-pipeline', version: '0.0.0' },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  });
});

test('it holds every route, and no route that is not there', async () => {
  const own = [
    '/api/health',
    '/api/snapshot',
    '/api/events',
    '/api/tables',
    '/api/tables/{layer}/{name}',
    '/api/tables/{layer}/{name}.csv',
    '/api/customer',
    '/api/campaigns/export.csv',
  ];
  const named = namedQueries.flatMap(({ name }) => [`/api/${name}`, `/api/${name}.csv`]);
  expect(Object.keys(document.paths).sort()).toEqual([...own, ...named].sort());
  for (const path of Object.keys(document.paths).filter((path) => path !== '/api/events')) {
    const { status } = await server.get(path.replace('{layer}', 'business').replace('{name}', 'x'));
    expect({ path, status }).toEqual({
      path,
      status: expect.toSatisfy((code: number) => [200, 400, 503].includes(code)),
    });
  }
});

test('each parameter has a meaning, each answer its columns, each refusal its shape', () => {
  for (const { name, params, columns, summary } of namedQueries) {
    const operation = document.paths[`/api/${name}`]?.get;
    expect(operation?.summary).toBe(summary);
    const parameters = operation?.parameters ?? [];
    expect(parameters.map((parameter) => parameter.name)).toEqual(Object.keys(params.shape));
    for (const parameter of parameters) {
      expect(parameter, `${name} ${parameter.name}`).toMatchObject({
        in: 'query',
        description: expect.stringMatching(/\S/),
      });
      expect(parameter.schema, `${name} ${parameter.name}`).toHaveProperty('type');
    }
    const answer = operation?.responses['200']?.content?.['application/json']?.schema;
    expect(Object.keys(answer?.properties?.rows?.items?.properties ?? {})).toEqual(Object.keys(columns));
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '400', '401', '403', '503']);
    const refusal = operation?.responses['401']?.content?.['application/json']?.schema;
    expect(Object.keys(refusal?.properties?.error?.properties ?? {})).toContain('remedy');
  }
});

test('it is valid: every path parameter is declared, every reference leads somewhere, every summary is a sentence', () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain('"$ref"');
  for (const [path, { get }] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (get.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name)).toEqual(inPath);
    expect(declared.every(({ required }) => required === true)).toBe(true);
    expect(get.summary, path).toMatch(/^[A-Z].*\.$/s);
    expect(get.responses['200']?.content).toBeDefined();
  }
});
