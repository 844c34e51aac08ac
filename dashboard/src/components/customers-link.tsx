import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { QueryParams } from '../api/source.ts';
import { useSource } from '../api/source-context.tsx';
import { customersAddress } from './customers-address.ts';

interface CustomersLinkProps {
  /** Undefined where the list has no such filter. */
  readonly filters: QueryParams<'customers'> | undefined;
  readonly children: ReactNode;
}

/** Leads to the customers behind a figure; the plain figure in a report, which has no list of customers. */
export function CustomersLink({ filters, children }: CustomersLinkProps) {
  const { source } = useSource();
  if (source.isOffline || filters === undefined) return children;
  return (
    <Anchor component={Link} href={customersAddress(filters)} underline="always" inherit>
      {children}
    </Anchor>
  );
}
