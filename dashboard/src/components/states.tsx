import { Alert, Button, Code, List, Skeleton, Text } from '@mantine/core';
import { RequestError } from '../api/request-error.ts';

/** While an answer is on its way. */
export function Loading({ height }: { readonly height: number }) {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={height} />
    </div>
  );
}

/** What went wrong, what to do, and a button to try again. */
export function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry?: (() => void) | undefined }) {
  const remedy = error instanceof RequestError ? error.remedy : [];
  return (
    <Alert color="red" title="This could not be shown" role="alert">
      <Text size="sm">{sentence(error.message)}</Text>
      {remedy.length > 0 && (
        <List size="sm" mt="xs">
          {remedy.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {onRetry !== undefined && (
        <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

/** Where an answer has no rows: why that can be. */
export function Empty({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed" py="lg" ta="center">
      {children}
    </Text>
  );
}

/** A score that is not shown, and why. */
export function Withheld({ what, reason }: { readonly what: string; readonly reason: string }) {
  return (
    <Alert color="gray" title={`${what}: withheld`} variant="light">
      <Text size="sm">{sentence(reason)}</Text>
    </Alert>
  );
}

/** Before the first run. */
export function NothingPublished() {
  return (
    <Alert title="Nothing has been published yet" color="blue" maw={640}>
      <Text size="sm">Run the pipeline on a file of orders. This page fills itself as soon as the run is done.</Text>
      <Code block mt="sm">
        npx marketing-pipeline run orders.csv
      </Code>
    </Alert>
  );
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
