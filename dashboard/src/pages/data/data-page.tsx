import { PageHeader } from '../../components/page-header.tsx';
import { Sections } from '../../components/sections.tsx';
import { ChecksSection } from './checks-section.tsx';
import { DictionarySection } from './dictionary-section.tsx';
import { FilesSection } from './files-section.tsx';
import { LedgerSection } from './ledger-section.tsx';
import { LineageSection } from './lineage/lineage-section.tsx';
import { RejectionsSection } from './rejections-section.tsx';
import { RunsSection } from './runs-section.tsx';
import { SettingsSection } from './settings-section.tsx';

export default function DataPage() {
  return (
    <>
      <PageHeader title="Data" about="Where the figures come from: files, checks, runs, lineage." />
      <Sections
        label="Data"
        sections={[
          { key: 'files', title: 'Files', Content: FilesSection },
          { key: 'rejected', title: 'Rejected rows', Content: RejectionsSection },
          { key: 'ledger', title: 'Ledger', Content: LedgerSection },
          { key: 'checks', title: 'Checks', Content: ChecksSection },
          { key: 'runs', title: 'Runs', Content: RunsSection },
          { key: 'lineage', title: 'Lineage', Content: LineageSection },
          { key: 'dictionary', title: 'Dictionary', Content: DictionarySection, isInReport: false },
          { key: 'settings', title: 'Settings', Content: SettingsSection, isInReport: false },
        ]}
      />
    </>
  );
}
