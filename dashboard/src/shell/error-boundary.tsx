import { Component, type ReactNode } from 'react';
import { RequestError } from '../api/request-error.ts';
import { Failure } from '../components/states.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | undefined;
}

/** Shows what went wrong in place of a page that could not be loaded or drawn; another page can still be opened. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: explained(error) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Failure error={error} onRetry={() => location.reload()} />;
  }
}

/** Parts of the app are loaded when they are first shown: where that fails, the server has gone or is another one. */
function explained(error: unknown): Error {
  const isImport =
    error instanceof Error && /dynamically imported module|importing a module|preload/i.test(error.message);
  if (isImport) {
    return new RequestError(0, 'unreachable', 'the page could not be loaded from the server', [
      'start it again: marketing-pipeline serve, and open the address that it prints',
    ]);
  }
  return error instanceof Error ? error : new Error(String(error));
}
