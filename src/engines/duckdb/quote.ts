export { quotedIdentifier, quotedString } from '@duckdb/node-api';
