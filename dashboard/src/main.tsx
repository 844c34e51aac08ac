import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { OnlineApp } from './online-app.tsx';
import { PAGES } from './pages/pages.ts';
import { Providers } from './providers.tsx';

// While it is asked what is published. A failure shows when the page is drawn.
PAGES.find(({ path }) => path === location.pathname)
  ?.load()
  .catch(() => undefined);

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the app');
createRoot(root).render(
  <StrictMode>
    <Providers>
      <OnlineApp />
    </Providers>
  </StrictMode>,
);
