import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { httpSource } from './api/http-source.ts';
import { RequestError } from './api/request-error.ts';
import { SourceProvider } from './api/source-context.tsx';
import { useEvents } from './api/use-events.ts';
import { Failure, Loading, NothingPublished } from './components/states.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { PAGES } from './pages/pages.ts';
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
  return (
    <Suspense fallback={<Loading height={320} />}>
      <Switch>
        {PAGES.map(({ path, Component }) => (
          <Route key={path} path={path} component={Component} />
        ))}
        <Route component={NotFoundPage} />
      </Switch>
    </Suspense>
  );
}
