/** Gives the tests of this worker a database of their own, and leaves nothing of one file to the next. */
import { afterAll, inject } from 'vitest';
import { DATABASE_VARIABLE } from '../engines.ts';
import { dropSchemas, ensureDatabase } from './test-database.ts';

const url = await ensureDatabase(inject('postgresUrl'), `worker_${process.env.VITEST_POOL_ID ?? '1'}`);
process.env[DATABASE_VARIABLE] = url;

afterAll(() => dropSchemas(url, ''));
