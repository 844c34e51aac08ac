import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { TEST_ENGINES } from '../support/engines.ts';
import { csvOf, type SaleRow } from '../support/make-shop.ts';
import { randomSales } from '../support/random-sales.ts';
import { errorOf, openShop, readTables, type Shop } from '../support/run-shop.ts';
import { databaseUrl, findTable, openSourceShop, sql, temporaryFiles } from '../support/postgres/source-tables.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
