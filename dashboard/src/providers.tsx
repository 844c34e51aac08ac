import '@mantine/core/styles.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { RequestError } from './api/request-error.ts';
import { cssVariables, theme } from './theme.ts';

interface ProvidersProps {
  readonly children: ReactNode;
  /** Whatever the reader and the system prefer. */
  readonly forceColorScheme?: 'light' | undefined;
}

/** The look of the page, and the memory of answers: those of a snapshot never change. */
export function Providers({ children, forceColorScheme }: ProvidersProps) {
  const [client] = useState(makeClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(forceColorScheme === undefined ? {} : { forceColorScheme })}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        // Only what passes by itself is tried again.
        retry: (count, error) => count < 3 && error instanceof RequestError && error.code === 'busy',
      },
    },
  });
}

function styleNonce(): string {
  return document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';
}
