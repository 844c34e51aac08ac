import { PageHeader } from '../../components/page-header.tsx';

export default function CampaignsPage() {
  return (
    <PageHeader title="Campaigns" about="Whom to address, whom to leave alone, and what past campaigns brought." />
  );
}
