import { z } from 'zod';
import { hasPassword, parseConnectionUrl } from '../engines/postgres/connection-url.ts';

const filePath = (example: string) =>
  z
    .string()
    .min(1)
    .max(4_096)
    .regex(/^(?![A-Za-z][\w+.-]*:\/\/)\P{Cc}+$/u)
    .meta({ title: 'path of a file', examples: [example] });

function isUsable(url: string): boolean {
  try {
    parseConnectionUrl(url);
    return !hasPassword(url);
  } catch {
    return false;
  }
}

/** Where the engine postgres finds its server, and how it behaves there. A password is in none of them. */
export const postgresSettings = {
  connection: z
    .string()
    .max(4_096)
    .regex(/^postgres(ql)?:\/\//)
    .refine(isUsable)
    .meta({ title: 'PostgreSQL URL without a password', examples: ['postgres://shop@localhost:5432/shop'] })
    .nullable()
    .default(null)
    .describe(
      'Server and database of the engine postgres and of --source-table, as postgres://user@host:port/database?sslmode=..., without a password; null: PGHOST, PGDATABASE and so on, as psql takes them.',
    ),
  passwordFile: filePath('/run/secrets/shop-password')
    .nullable()
    .default(null)
    .describe(
      'File whose first line is the password of the engine postgres, readable for nobody else; null: the password comes from the environment or ~/.pgpass.',
    ),
  schemaPrefix: z
    .string()
    .regex(/^(?!pg_)([a-z_][a-z0-9_]{0,19})?$/)
    .meta({
      title: 'text of at most 20 of a-z, 0-9 and _, not beginning with a digit or pg_',
      examples: ['shop_'],
    })
    .default('')
    .describe(
      'Stands before the names of the schemas that the engine postgres makes, so that several pipelines share a database; shop_ gives shop_staging.',
    ),
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .nullable()
    .default(null)
    .describe('Longest time in seconds that one statement may take on the engine postgres; null: no limit.'),
  publishWaitSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe('How many seconds publishing on the engine postgres waits for sessions that still read the old tables.'),
} as const;
