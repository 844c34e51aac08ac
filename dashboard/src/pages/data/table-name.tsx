import { Text } from '@mantine/core';
import classes from './raw-text.module.css';

interface TableNameProps {
  readonly row: { readonly layer: string | null; readonly table_name: string | null };
}

/** A table, and below it its layer. */
export function TableName({ row: { layer, table_name } }: TableNameProps) {
  return (
    <>
      <span className={classes.table}>{table_name}</span>
      <Text size="xs" c="dimmed">
        {layer}
      </Text>
    </>
  );
}
