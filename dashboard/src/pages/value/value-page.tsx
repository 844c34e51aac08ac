import { PageHeader } from '../../components/page-header.tsx';

export default function ValuePage() {
  return <PageHeader title="Value and churn" about="What customers are worth, and which are at risk." />;
}
