import type { Value } from '../engines/result-set.ts';
import type { Answer } from '../server/answer.ts';
import { answerKey } from './answer-key.ts';
import { CUSTOMER_WORDS } from './customer-detail.ts';
import { markdownTable, markdownText, type ShownColumn } from './markdown-table.ts';
import { CUSTOMER_QUESTIONS, SUMMARY_QUESTIONS } from './other-questions.ts';
import type { ReportData } from './read-report.ts';
import type { ReportQuestion } from './report-questions.ts';

/** `new_customers` as people write it. */
const words = (name: string) => name.replaceAll('_', ' ');

const KPIS: readonly ShownColumn[] = [
  ['kpi', 'Figure', words],
  ['unit', 'Unit', (unit, { currency }) => (unit === 'money' ? currency : unit)],
  ['period_month', 'Month'],
  ['value', 'Value'],
  ['previous_value', 'Month before'],
  ['change_percent', 'Change'],
];

const SEGMENTS: readonly ShownColumn[] = [
  ['customer_segment', 'Segment'],
  ['customers', 'Customers'],
  ['customers_percent', 'Of all customers'],
  ['revenue', 'Revenue'],
  ['revenue_percent', 'Of all revenue'],
  ['revenue_per_customer', 'Revenue per customer'],
  ['predicted_value', 'Predicted value'],
  ['value_at_risk', 'Value at risk'],
];

const INSIGHTS: readonly ShownColumn[] = [
  ['priority_level', 'Priority'],
  ['insight_title', 'Finding'],
  ['insight_description', 'What was found'],
  ['recommendation', 'What to do'],
  ['p_value', 'p-value'],
];

const FORECAST: readonly ShownColumn[] = [
  ['forecast_month', 'Month'],
  ['expected_revenue', 'Expected revenue'],
  ['revenue_low', 'Low (80 %)'],
  ['revenue_high', 'High (80 %)'],
  ['expected_orders', 'Expected orders'],
  ['orders_low', 'Low (80 %)'],
  ['orders_high', 'High (80 %)'],
];

const FORECAST_GRADES: readonly ShownColumn[] = [
  ['measure', 'Measure'],
  ['verdict', 'Verdict'],
  ['reason', 'Why'],
];

const GRADES: readonly ShownColumn[] = [
  ['score', 'Score', words],
  ['grade', 'Grade'],
  ['horizon_days', 'Looks ahead (days)'],
  ['reason', 'Why'],
];

const CAMPAIGNS: readonly ShownColumn[] = [
  ['campaign_type', 'Campaign'],
  ['campaign_group', 'Group'],
  ['priority_level', 'Priority'],
  ['customers', 'Customers'],
  ['estimated_value', 'Value of one more order each'],
  ['historic_value', 'Value so far'],
];

const TARGETS: readonly ShownColumn[] = [
  ['customer_id', 'Customer'],
  ['campaign_type', 'Campaign'],
  ['campaign_group', 'Group'],
  ['priority_level', 'Priority'],
  ['estimated_value', 'Value of one more order'],
  ['historic_value', 'Value so far'],
  ['reason', 'Why'],
];

const MOST_VALUABLE: readonly ShownColumn[] = [
  ['customer_id', 'Customer'],
  ['customer_segment', 'Segment'],
  ['total_orders', 'Orders'],
  ['historic_value', 'Value so far'],
  ['predicted_value', 'Predicted value'],
  ['last_order_date', 'Last order'],
];

/** The most important figures as Markdown tables. */
export function markdownReport({ snapshot, customers, answers }: ReportData): string {
  const answerTo = ({ path, params }: ReportQuestion): Answer => {
    const found = answers.get(answerKey(path, params));
    if (found === undefined) throw new Error(`the report did not ask ${path}`);
    return found.answer;
  };
  const table = (question: ReportQuestion, shown: readonly ShownColumn[], empty: string) => {
    const answer = answerTo(question);
    return answer.rows.length === 0 ? empty : markdownTable(answer, shown);
  };
  const { kpis, totals, segments, insights, forecast, forecastGrades, grades, campaigns } = SUMMARY_QUESTIONS;
  const { targets, mostValuable } = CUSTOMER_QUESTIONS;
  const sections: (readonly string[])[] = [
    ['<!-- marketing-pipeline report, version 1 -->', `# Report as of ${snapshot.asOf}`, about(answerTo(totals))],
    ['## Key figures', 'The last complete month.', table(kpis, KPIS, 'There are no months yet.')],
    ['## All customers', totalsTable(answerTo(totals))],
    ['## Segments', table(segments, SEGMENTS, 'There are no customers yet.')],
    ['## Insights', table(insights, INSIGHTS, 'Nothing stands out.')],
    ['## Forecast', table(forecast, FORECAST, 'The forecast is withheld.')],
    [table(forecastGrades, FORECAST_GRADES, 'No forecast was made.')],
    ['## Grades of predictions', 'A score that is withheld is null everywhere.', table(grades, GRADES, 'None.')],
    ['## Campaigns', table(campaigns, CAMPAIGNS, 'Nobody fits a campaign.')],
  ];
  if (customers !== 'none') {
    sections.push(
      ['## First on the lists of campaigns', table(targets, TARGETS, 'Nobody fits a campaign.')],
      ['## Customers of the highest value so far', table(mostValuable, MOST_VALUABLE, 'There are no customers yet.')],
    );
  }
  return `${sections.flat().join('\n\n')}\n`;

  function about(figures: Answer): string {
    const first = firstValue(figures, 'first_order_date');
    const last = firstValue(figures, 'last_order_date');
    return [
      first === null ? '- No orders.' : `- Orders from ${first} to ${last}.`,
      `- Snapshot ${markdownText(snapshot.snapshot)}.`,
      `- Amounts in ${markdownText(snapshot.currency)}.`,
      `- ${CUSTOMER_WORDS[customers]}`,
    ].join('\n');
  }
}

function firstValue({ columns, rows }: Answer, name: string): Value {
  return rows[0]?.[columns.findIndex((column) => column.name === name)] ?? null;
}

/** The columns of the only row, one below the other. */
function totalsTable(answer: Answer): string {
  const [row = []] = answer.rows;
  return markdownTable(
    {
      ...answer,
      columns: [
        { name: 'figure', type: 'text', description: null },
        { name: 'value', type: 'decimal', description: null },
      ],
      rows: answer.columns.map(({ name, unit }, position) => [
        `${words(name)}${unit === 'money' ? ` (${answer.currency})` : ''}`,
        row[position] ?? null,
      ]),
    },
    [
      ['figure', 'Figure'],
      ['value', 'Value'],
    ],
  );
}
