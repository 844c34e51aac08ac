import { useLocation } from 'wouter';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import { drawTiers } from './draw-tiers.ts';

/** The value tiers by size and worth. */
export function TiersCard() {
  const { source } = useSource();
  const [, navigate] = useLocation();
  const question = useQuestion('value/tiers', {});
  return (
    <ChartCard
      title="Value tiers"
      about="Customers by tier of lifetime value: High from ltvHighThreshold on, Regular from ltvRegularThreshold on, else Low; both are settings. Where the predicted value is withheld, the value so far decides."
      question={question}
      draw={drawTiers}
      height={240}
      onPick={
        source.isOffline
          ? undefined
          : (_event, row) => {
              const tier = row?.value_tier ?? null;
              if (tier !== null) navigate(customersAddress({ tier }));
            }
      }
      columns={[
        {
          name: 'value_tier',
          title: 'Tier',
          cell: ({ value_tier: tier }) => (
            <CustomersLink filters={tier === null ? undefined : { tier }}>{tier}</CustomersLink>
          ),
        },
        { name: 'customers', title: 'Customers' },
        { name: 'customers_percent', title: 'Share of customers' },
        { name: 'revenue', title: 'Revenue' },
        { name: 'revenue_percent', title: 'Share of revenue' },
        { name: 'predicted_value', title: 'Predicted value' },
        { name: 'value_at_risk', title: 'Value at risk' },
      ]}
    />
  );
}
