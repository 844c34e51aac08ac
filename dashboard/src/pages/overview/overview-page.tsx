import { PageHeader } from '../../components/page-header.tsx';
import { KpiTiles } from './kpi-tiles.tsx';

export default function OverviewPage() {
  return (
    <>
      <PageHeader title="Overview" about="How the shop is doing, and what to do next." />
      <KpiTiles />
    </>
  );
}
