import { PageHeader } from '../../components/page-header.tsx';

export default function TrustPage() {
  return <PageHeader title="Trust" about="How far the predictions can be believed, and why." />;
}
