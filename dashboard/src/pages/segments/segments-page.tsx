import { PageHeader } from '../../components/page-header.tsx';

export default function SegmentsPage() {
  return <PageHeader title="Segments" about="Groups of customers by what they do, and how they move." />;
}
