import { Anchor, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useSource } from '../../api/source-context.tsx';
import classes from './insight-card.module.css';

/** The query behind an insight, to be read and copied, and the tables that it asks. */
export function EvidenceQuery({ sql, about }: { readonly sql: string; readonly about: string }) {
  const { source } = useSource();
  return (
    <details className={classes.query}>
      <summary aria-label={`The query behind: ${about}`}>The query behind</summary>
      <Code block className={classes.sql} data-sql>
        {sql}
      </Code>
      <Group gap="sm" mt="xs" className="screen-only">
        <CopyButton value={sql}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        {!source.isOffline && (
          <Text size="xs">
            Tables:{' '}
            {tablesOf(sql).map((table, index) => (
              <span key={table}>
                {index > 0 && ', '}
                <Anchor href={`/plain/${table.replace('.', '/')}`} size="xs" underline="always">
                  {table}
                </Anchor>
              </span>
            ))}
          </Text>
        )}
      </Group>
    </details>
  );
}

/** The published tables that a query asks, as layer.name. */
function tablesOf(sql: string): readonly string[] {
  return [...new Set(sql.match(/\b(?:staging|warehouse|business)\.[a-z_][a-z0-9_]*/g) ?? [])];
}
