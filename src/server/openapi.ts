import { z } from 'zod';
import type { ColumnType } from '../engines/result-set.ts';
import type { ColumnSpecs } from './column-spec.ts';
import { downloadParameters } from './download-columns.ts';
import type { QueryDefinition } from './query-definition.ts';
import type { App } from './services.ts';

const problemSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.array(z.string()).optional(),
    parameters: z.array(z.object({ name: z.string(), message: z.string() })).optional(),
    similarIds: z.array(z.string()).optional(),
    correlationId: z.string().optional(),
  }),
});

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string().nullable(),
  unit: z.string().optional(),
});

const pageSchema = z.object({ limit: z.int(), offset: z.int(), total: z.int() });

const gradeSchema = z.object({
  score: z.string(),
  grade: z.string(),
  reason: z.string(),
  horizonDays: z.int().nullable(),
});

const cellSchemas: Readonly<Record<ColumnType, () => z.ZodType>> = {
  text: () => z.string(),
  integer: () => z.int(),
  decimal: () => z.number(),
  double: () => z.number(),
  boolean: () => z.boolean(),
  date: () => z.iso.date(),
  timestamp: () => z.string(),
  other: () => z.string(),
};

/** The body of an answer with rows. */
export function answerSchema(row: z.ZodType, { pages = false, grades = false } = {}): z.ZodType {
  return z.object({
    snapshot: z.string(),
    asOf: z.string(),
    currency: z.string(),
    columns: z.array(columnSchema),
    rows: z.array(row),
    ...(pages ? { page: pageSchema } : {}),
    ...(grades ? { grades: z.array(gradeSchema) } : {}),
  });
}

function rowSchema(columns: ColumnSpecs): z.ZodType {
  const cells = Object.entries(columns).map(([name, { type, meaning }]) => {
    const cell = cellSchemas[type]().nullable();
    return [name, meaning.includes(' ') ? cell.describe(meaning) : cell];
  });
  return z.object(Object.fromEntries(cells));
}

const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: problemSchema } },
});

const PROBLEMS = {
  401: problem('the session token is missing or wrong'),
  403: problem('another host or another site'),
  503: problem('nothing is published yet, or the answer takes too long'),
};

const BAD_PARAMETERS = { 400: problem('a parameter is wrong; the answer says which and why') };

interface PathText {
  readonly contentType?: string;
  readonly pathParams?: z.ZodObject;
}

/** Puts a route into the OpenAPI document. */
export function registerPath(
  app: App,
  path: string,
  summary: string,
  schema: z.ZodType,
  query?: z.ZodObject,
  { contentType = 'application/json', pathParams }: PathText = {},
): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path,
    summary,
    request: {
      ...(query === undefined ? {} : { query }),
      ...(pathParams === undefined ? {} : { params: pathParams }),
    },
    responses: {
      200: { description: summary, content: { [contentType]: { schema } } },
      ...(query === undefined ? {} : BAD_PARAMETERS),
      ...(pathParams === undefined ? {} : { 404: problem('there is no such thing') }),
      ...PROBLEMS,
    },
  });
}

/** Puts a named query and its download into the document. */
export function registerQuery(app: App, query: QueryDefinition): void {
  const isTables = query.kind === 'tables';
  const schema = answerSchema(rowSchema(query.columns), {
    pages: isTables && query.count !== undefined,
    grades: isTables && query.scores !== undefined,
  });
  registerPath(app, `/api/${query.name}`, query.summary, schema, query.params);
  const summary = `${query.summary} All rows, as CSV.`;
  registerPath(app, `/api/${query.name}.csv`, summary, z.string(), downloadParameters(query), {
    contentType: 'text/csv',
  });
}

/** Serves the document itself. */
export function addDocumentRoute(app: App, version: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'marketing-pipeline',
      version,
      description:
        'Named, read-only questions about the published data. Money is in the currency that the answer names.',
    },
    security: [{ token: [] }],
  });
  app.get('/api/openapi.json', (context) => context.json(document));
}
