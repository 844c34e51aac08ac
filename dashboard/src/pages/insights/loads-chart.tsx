import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawLoads } from '../data/draw-loads.ts';

const COLUMNS = [
  { name: 'source_file', title: 'File' },
  { name: 'records', title: 'Records' },
  { name: 'clean_records', title: 'Clean' },
  { name: 'rejected_records', title: 'Rejected' },
  { name: 'set_aside_records', title: 'Set aside' },
] as const;

/** What became of the records of each file. */
export function LoadsChart() {
  const question = useQuestion('data/loads', {});
  return (
    <ChartCard
      title="Records by file"
      about="The records of each input file by what became of them."
      question={question}
      draw={drawLoads}
      columns={COLUMNS}
      height={220}
    />
  );
}
