import { PageHeader } from '../../components/page-header.tsx';

export default function CustomersPage() {
  return <PageHeader title="Customers" about="Every customer with value, risk and segment." />;
}
