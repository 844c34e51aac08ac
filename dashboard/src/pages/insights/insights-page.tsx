import { PageHeader } from '../../components/page-header.tsx';

export default function InsightsPage() {
  return <PageHeader title="Insights" about="Findings in plain words, with their evidence." />;
}
