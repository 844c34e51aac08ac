import { quotedString } from '../quote.ts';
import type { Session } from './session.ts';

/**
 * Gives a new schema the rights that roles have on the one whose place it takes, and its tables those of the tables of
 * the same name, so that whoever may read the published data still may after a run.
 */
export async function copyGrants(session: Session, from: string, to: string): Promise<void> {
  const { rows } = await session.query(`
    with schema_rights as (
        select format(
            'grant %s on schema %I to %s%s',
            acl.privilege_type,
            ${quotedString(to)},
            case when acl.grantee = 0 then 'public' else quote_ident(role.rolname) end,
            case when acl.is_grantable then ' with grant option' else '' end
        ) as statement
        from pg_catalog.pg_namespace as namespace
        cross join lateral aclexplode(namespace.nspacl) as acl
        left join pg_catalog.pg_roles as role on role.oid = acl.grantee
        where namespace.nspname = ${quotedString(from)} and acl.grantee <> namespace.nspowner
    ),

    table_rights as (
        select format(
            'grant %s on %I.%I to %s%s',
            acl.privilege_type,
            ${quotedString(to)},
            relation.relname,
            case when acl.grantee = 0 then 'public' else quote_ident(role.rolname) end,
            case when acl.is_grantable then ' with grant option' else '' end
        ) as statement
        from pg_catalog.pg_class as relation
        inner join pg_catalog.pg_namespace as namespace on namespace.oid = relation.relnamespace
        inner join pg_catalog.pg_class as successor
            on successor.relname = relation.relname
            and successor.relnamespace = (
                select oid from pg_catalog.pg_namespace where nspname = ${quotedString(to)}
            )
        cross join lateral aclexplode(relation.relacl) as acl
        left join pg_catalog.pg_roles as role on role.oid = acl.grantee
        where namespace.nspname = ${quotedString(from)} and acl.grantee <> relation.relowner
            and relation.relkind in ('r', 'v')
    )

    select statement from schema_rights
    union all
    select statement from table_rights`);
  const statements = rows.map(([statement]) => String(statement));
  if (statements.length > 0) await session.execute(statements.join(';\n'));
}
