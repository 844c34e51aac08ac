import { type ComponentType, useEffect, useState } from 'react';
import { Loading } from '../components/states.tsx';
import type { Page } from './pages.ts';

type State = { readonly Component: ComponentType } | { readonly error: unknown };

/**
 * A page, as soon as its code is there. Not React's `lazy`: what it loads is shown 300 ms after the place holder at the
 * earliest.
 */
export function PageContent({ page }: { readonly page: Page }) {
  const [state, setState] = useState<State | undefined>(() => {
    const Component = page.loaded();
    return Component === undefined ? undefined : { Component };
  });
  useEffect(() => {
    if (state !== undefined) return;
    let isShown = true;
    page.load().then(
      (Component) => isShown && setState({ Component }),
      (error: unknown) => isShown && setState({ error }),
    );
    return () => {
      isShown = false;
    };
  }, [page, state]);
  if (state === undefined) return <Loading height={320} />;
  // For the error boundary around it.
  if ('error' in state) throw state.error;
  return <state.Component />;
}
