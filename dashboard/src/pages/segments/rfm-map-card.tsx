import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { Choice, useChoice } from '../../components/choice.tsx';
import { CustomersLink } from '../../components/customers-link.tsx';
import { RfmMap } from './rfm-map.tsx';
import { filterOf } from './segmentation.ts';

const MEASURES = { customers: 'Customers', revenue: 'Revenue', value_at_risk: 'Value at risk' } as const;

/** Where the customers stand by recency and frequency. */
export function RfmMapCard() {
  const [measure, setMeasure] = useChoice('map', ['customers', 'revenue', 'value_at_risk']);
  const question = useQuestion('segments/map', {});
  return (
    <ChartCard
      title="RFM map"
      about="All customers by two of their scores: recency (5: the latest orders) and frequency (5: the most orders). The darker or brighter a field, the more it stands out from an empty one. A name leads to all customers of that segment, also to those in other fields; where two segments share a field, spending decides, and the customers of each stand beside its name."
      question={question}
      {...(measure === 'value_at_risk'
        ? { needs: { churn_risk: 'Churn risk', predicted_value: 'Predicted value' } }
        : {})}
      show={(drawing) => <RfmMap {...drawing} measure={measure} />}
      height={460}
      columns={[
        { name: 'recency_score', title: 'Recency' },
        { name: 'frequency_score', title: 'Frequency' },
        {
          name: 'rfm_segment',
          title: 'Segment',
          cell: (row) => <CustomersLink filters={filterOf('rfm', row.rfm_segment)}>{row.rfm_segment}</CustomersLink>,
        },
        { name: 'customers', title: 'Customers' },
        { name: 'customers_percent', title: 'Share of customers' },
        { name: 'revenue', title: 'Revenue' },
        { name: 'value_at_risk', title: 'Value at risk' },
      ]}
      controls={<Choice label="RFM map: measure" value={measure} onChange={setMeasure} options={MEASURES} />}
    />
  );
}
