import { PageHeader } from '../../components/page-header.tsx';

export default function CustomerPage() {
  return <PageHeader title="Customer" about="All about one customer." />;
}
