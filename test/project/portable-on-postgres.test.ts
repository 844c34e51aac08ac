import { afterAll, beforeAll, inject } from 'vitest';
import { PostgresServer } from '../support/postgres/server.ts';
import { openPortablePostgres } from './portable-database.ts';
import { testPortableFunctions } from './portable-suite.ts';

let oldest: PostgresServer;
beforeAll(async () => {
  oldest = await PostgresServer.create(14);
});
afterAll(() => oldest[Symbol.asyncDispose]());

testPortableFunctions('portable functions on PostgreSQL 18', () => openPortablePostgres(inject('postgresUrl')));
testPortableFunctions('portable functions on PostgreSQL 14', () => openPortablePostgres(oldest.url()));
