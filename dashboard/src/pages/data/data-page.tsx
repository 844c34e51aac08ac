import { PageHeader } from '../../components/page-header.tsx';

export default function DataPage() {
  return <PageHeader title="Data" about="Where the figures come from: files, checks, runs, lineage." />;
}
