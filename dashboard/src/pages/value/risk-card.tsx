import { useLocation } from 'wouter';
import type { QueryParams, QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import { drawRisk, stepOfBar } from './draw-risk.ts';
import { riskFilter } from './risk-filter.ts';

/** How many customers have which churn risk. */
export function RiskCard() {
  const { source } = useSource();
  const [, navigate] = useLocation();
  const question = useQuestion('risk/distribution', {});
  const grade = question.data?.grades?.find(({ score }) => score === 'churn_risk');
  const horizon = grade?.horizonDays ?? null;
  return (
    <ChartCard
      title="Churn risk of customers"
      about={`How many customers have which churn risk: the probability, in percent, of no order within the horizon${horizon === null ? '' : ` of ${horizon} days`}.${grade === undefined ? '' : ` Grade ${grade.grade}: ${grade.reason}`}`}
      question={question}
      draw={drawRisk}
      needs={{ churn_risk: 'Churn risk' }}
      height={360}
      empty="No customer has a churn risk."
      onPick={
        source.isOffline
          ? undefined
          : ({ dataIndex }) => {
              const step = stepOfBar(question.data?.rows ?? [], dataIndex);
              if (step !== undefined) navigate(customersAddress(filtersOf(step)));
            }
      }
      columns={[
        {
          name: 'risk_from',
          title: 'Churn risk',
          cell: (step) => (
            <CustomersLink filters={filtersOf(step)}>
              {step.risk_from} to {step.risk_to} %
            </CustomersLink>
          ),
        },
        { name: 'customers', title: 'Customers' },
        { name: 'revenue', title: 'Revenue so far' },
        { name: 'predicted_value', title: 'Predicted value' },
      ]}
    />
  );
}

function filtersOf({ risk_from, risk_to }: QueryRow<'risk/distribution'>): QueryParams<'customers'> {
  return riskFilter(risk_from ?? 0, risk_to ?? 100);
}
