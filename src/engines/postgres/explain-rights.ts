import { UsageError } from '../../errors.ts';
import { quotedIdentifier } from '../quote.ts';
import type { ServerError } from './explain-error.ts';
import { reads } from './layer-names.ts';
import type { Server } from './server.ts';

/** What a role may not do, and the statement that lets it. */
export function explainRights(error: ServerError, { user, database, name }: Server, sql?: string): UsageError {
  const role = quotedIdentifier(user);
  const refused = (what: string, ...remedy: readonly string[]) =>
    new UsageError(`role "${user}" may not ${what}`, {
      remedy: [...remedy, `as the owner or a superuser of ${name}`],
      cause: error,
    });
  if (error.message === `permission denied for database "${database}"` && sql === undefined) {
    return refused(
      `connect to database "${database}"`,
      `GRANT CONNECT ON DATABASE ${quotedIdentifier(database)} TO ${role};`,
    );
  }
  // Which object is meant, the server says in words only.
  const [, kind = '', object = ''] =
    /^(?:permission denied for|must be owner of) (\w+) (.+)$/.exec(error.message) ?? [];
  const target = quotedIdentifier(object.replace(/^"(.*)"$/s, '$1'));
  if (error.message.startsWith('must be owner of')) {
    return refused(
      `change ${kind} ${object}, which belongs to another role`,
      `ALTER ${kind.toUpperCase()} ${target} OWNER TO ${role}; or connect as its owner`,
    );
  }
  if (/^\s*(create|alter)\s+schema\b/i.test(sql ?? '') || kind === 'database') {
    return refused(
      `create schemas in database "${database}"`,
      `GRANT CREATE ON DATABASE ${quotedIdentifier(database)} TO ${role};`,
    );
  }
  if (kind === 'schema') {
    const rights = reads(sql ?? '') ? 'USAGE' : 'USAGE, CREATE';
    return refused(`use schema ${object}: ${error.message}`, `GRANT ${rights} ON SCHEMA ${target} TO ${role};`);
  }
  if (kind === 'table' || kind === 'view' || kind === 'sequence') {
    const table = `${schemaOf(object, sql ?? '')}${target}`;
    return refused(`read or change ${kind} ${object}: ${error.message}`, `GRANT SELECT ON ${table} TO ${role};`);
  }
  return refused(`do what it was asked to: ${error.message}`, `grant the missing right to role ${role}`);
}

/** The schema that a statement names before the relation, with the dot; the server does not say it. */
function schemaOf(relation: string, sql: string): string {
  const name = relation.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const [, schema] = new RegExp(`("(?:[^"]|"")+"|[\\w$]+)\\s*\\.\\s*"?${name}\\b`, 'i').exec(sql) ?? [];
  return schema === undefined ? '' : `${schema}.`;
}
