import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { OnlineApp } from './online-app.tsx';
import { Providers } from './providers.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the app');
createRoot(root).render(
  <StrictMode>
    <Providers>
      <OnlineApp />
    </Providers>
  </StrictMode>,
);
