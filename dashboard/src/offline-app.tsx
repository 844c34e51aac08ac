import './report/print.css';
import { useState } from 'react';
import { Router } from 'wouter';
import { type OfflineData, offlineSource } from './api/offline-source.ts';
import { SourceProvider } from './api/source-context.tsx';
import { PageContent } from './pages/page-content.tsx';
import { Providers } from './providers.tsx';
import { Contents } from './report/contents.tsx';
import { Cover } from './report/cover.tsx';
import { CustomerLists } from './report/customer-lists.tsx';
import classes from './report/report.module.css';
import { reportLocations } from './report/report-locations.ts';
import { anchorOf, CUSTOMER_LISTS, REPORT_PAGES, sectionsOf } from './report/sections.ts';
import { useDrawn } from './report/use-drawn.ts';
import { usePaper } from './report/use-paper.ts';
import { ColorSchemeSwitch } from './shell/color-scheme-switch.tsx';

/** The app as one document: a cover, and the pages one below the other, over the data within the file. */
export function OfflineApp({ data }: { readonly data: OfflineData }) {
  const [source] = useState(() => offlineSource(data));
  const [locationOf] = useState(reportLocations);
  const hasCustomers = data.customers !== 'none';
  const [sections] = useState(() => sectionsOf({ hasCustomers }));
  const isOnPaper = usePaper(data.isForPaper);
  useDrawn(data.isForPaper);
  return (
    <Providers forceColorScheme={isOnPaper ? 'light' : undefined}>
      <SourceProvider source={source} snapshot={data.snapshot}>
        <a className="skip-link" href="#content">
          Skip to the content
        </a>
        <div className={isOnPaper ? `${classes.layout} ${classes.paper}` : classes.layout}>
          <div className={classes.side}>
            <Contents sections={sections} />
            <div className={classes.tools}>
              <ColorSchemeSwitch />
            </div>
          </div>
          <main id="content" tabIndex={-1} className={classes.main}>
            <Cover sections={sections} customers={data.customers} />
            {REPORT_PAGES.map((page) => (
              <div
                key={page.path}
                id={anchorOf(page.path)}
                className={`report-page ${classes.section}`}
                data-page={page.path}
              >
                <Router hook={locationOf(page.path)}>
                  <PageContent page={page} />
                </Router>
              </div>
            ))}
            {hasCustomers && (
              <div id={CUSTOMER_LISTS.anchor} className={`report-page ${classes.section} ${classes.whole}`}>
                <CustomerLists />
              </div>
            )}
          </main>
        </div>
      </SourceProvider>
    </Providers>
  );
}
