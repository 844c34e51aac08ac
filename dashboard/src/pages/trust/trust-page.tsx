import { PageHeader } from '../../components/page-header.tsx';
import { Sections } from '../../components/sections.tsx';
import { BacktestsSection } from './backtests-section.tsx';
import { CalibrationSection } from './calibration-section.tsx';
import { ForecastSection } from './forecast-section.tsx';
import { GradesSection } from './grades-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { PaperSection } from './paper-section.tsx';

export default function TrustPage() {
  return (
    <>
      <PageHeader title="Trust" about="How far the predictions can be believed, and why." />
      <Sections
        label="Trust"
        sections={[
          { key: 'grades', title: 'Grades', Content: GradesSection },
          { key: 'backtests', title: 'Backtests', Content: BacktestsSection },
          { key: 'calibration', title: 'Calibration', Content: CalibrationSection },
          { key: 'models', title: 'Models', Content: ModelsSection },
          { key: 'forecast', title: 'Monthly forecast', Content: ForecastSection },
          { key: 'papers', title: 'Paper against ours', Content: PaperSection },
        ]}
      />
    </>
  );
}
