import { PageHeader } from '../../components/page-header.tsx';

export default function CohortsPage() {
  return <PageHeader title="Cohorts" about="Whether customers who came in the same month come back." />;
}
