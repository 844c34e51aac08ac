import { Alert, Anchor, List, Text } from '@mantine/core';
import { Link } from 'wouter';
import classes from './customer-page.module.css';

interface UnknownCustomerProps {
  readonly id: string;
  readonly similarIds: readonly string[];
}

/** Nobody has the id of the address: which ids look like it. */
export function UnknownCustomer({ id, similarIds }: UnknownCustomerProps) {
  return (
    <Alert color="blue" title="There is no such customer" role="alert">
      <Text size="sm" className={classes.id ?? ''}>
        Nobody has the id <bdi>{id}</bdi>. Ids are text and must be written as they stand in the data: 00012 is not 12.
      </Text>
      {similarIds.length > 0 && (
        <>
          <Text size="sm" mt="sm">
            Did you mean
          </Text>
          <List size="sm">
            {similarIds.map((similar) => (
              <List.Item key={similar} className={classes.id ?? ''}>
                <Anchor
                  component={Link}
                  size="sm"
                  href={`/customer?id=${encodeURIComponent(similar)}`}
                  underline="always"
                >
                  <bdi>{similar}</bdi>
                </Anchor>
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="sm" mt="sm">
        <Anchor component={Link} href={`/customers?search=${encodeURIComponent(id)}`} underline="always">
          Search all customers for it
        </Anchor>
      </Text>
    </Alert>
  );
}
