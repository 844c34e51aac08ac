import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { httpSource } from './api/http-source.ts';
import { RequestError } from './api/request-error.ts';
import { SourceProvider } from './api/source-context.tsx';
import { useEvents } from './api/use-events.ts';
import { Failure, Loading, NothingPublished } from './components/states.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { PageContent } from './pages/page-content.tsx';
import { PAGES } from './pages/pages.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Shell } from './shell/shell.tsx';

/** The app over a server: follows what is published, shows the page of the address. */
export function OnlineApp() {
  const news = useEvents(false);
  const first = useQuery({ queryKey: ['snapshot'], queryFn: ({ signal }) => httpSource.snapshot(signal) });
  const isNothingThere =
    news.snapshot === null || (first.error instanceof RequestError && first.error.code === 'nothing-published');
  const snapshot = news.snapshot ?? first.data;
  if (snapshot !== undefined) {
    return (
      <SourceProvider source={httpSource} snapshot={snapshot}>
        <Shell snapshot={snapshot} running={news.running}>
          <CurrentPage />
        </Shell>
      </SourceProvider>
    );
  }
  return (
    <Shell snapshot={undefined} running={news.running}>
      {isNothingThere ? (
        <NothingPublished />
      ) : first.error === null ? (
        <Loading height={320} />
      ) : (
        <Failure error={first.error} onRetry={() => void first.refetch()} />
      )}
    </Shell>
  );
}

function CurrentPage() {
  const [path] = useLocation();
  const title = PAGES.find((page) => page.path === path)?.title ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · marketing-pipeline`;
  }, [title]);
  useFocusOnNewPage(path);
  return (
    <ErrorBoundary key={path}>
      <Switch>
        {PAGES.map((page) => (
          <Route key={page.path} path={page.path}>
            <PageContent key={page.path} page={page} />
          </Route>
        ))}
        <Route component={NotFoundPage} />
      </Switch>
    </ErrorBoundary>
  );
}

/** A new page begins at its top, for eyes, keyboard and screen readers, as if it had been loaded. */
function useFocusOnNewPage(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [path]);
}
