import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { OfflineData } from './api/offline-source.ts';
import { OfflineApp } from './offline-app.tsx';

const root = document.getElementById('root');
const text = document.getElementById('report-data')?.textContent;
if (root === null || text == null) throw new Error('the report has lost a part of itself');
const data: OfflineData = JSON.parse(text);
createRoot(root).render(
  <StrictMode>
    <OfflineApp data={data} />
  </StrictMode>,
);
