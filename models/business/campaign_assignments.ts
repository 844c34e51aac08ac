import { type CodeModelColumn, defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'launch_id', type: 'text', description: 'launch, as the ledger names it' },
  {
    name: 'launched_on',
    type: 'date',
    description: 'as-of date of the snapshot whose list was launched; the measurement window begins on the day after',
  },
  { name: 'campaign_type', type: 'text', description: 'Win-Back, Retention, Cross-Sell or Loyalty' },
  { name: 'customer_id', type: 'text', description: 'customer as text' },
  {
    name: 'campaign_group',
    type: 'text',
    description: 'target: was to be addressed; control: was to be left alone',
  },
  { name: 'stratum', type: 'text', description: 'stratum within which the groups were drawn' },
  { name: 'window_days', type: 'integer', description: 'length of the measurement window in days' },
  {
    name: 'expected_revenue',
    type: 'double',
    description: 'revenue that was predicted for the window at the launch; null where it was withheld',
  },
  {
    name: 'estimated_value',
    type: 'decimal(18,2)',
    description: 'what one more order would bring, as the list said; null where it said nothing',
  },
] as const satisfies readonly CodeModelColumn[];

export const model = defineModel({
  description:
    'Who was assigned to which campaign and group by launches before the as-of date, from the campaign ledger. One row per launch and customer.',
  dependsOn: [],
  grain: ['launch_id', 'customer_id'],
  columns,
  checks: [
    'not_null(launch_id, launched_on, campaign_type, customer_id, campaign_group, stratum, window_days)',
    'unique(launch_id, customer_id)',
    "accepted_values(campaign_group, 'target', 'control')",
    'range(window_days, 1, null)',
  ],
  async run({ assignments }) {
    return { columns: columns.map(({ name, type }) => ({ name, type })), rows: rowsOf(assignments()) };
  },
});

/** Row by row: there may be millions. */
function* rowsOf(assignments: ReturnType<Parameters<typeof model.run>[0]['assignments']>) {
  for (const one of assignments) {
    yield [
      one.launchId,
      one.launchedOn,
      one.campaignType,
      one.customerId,
      one.campaignGroup,
      one.stratum,
      one.windowDays,
      one.expectedRevenue,
      one.estimatedValue,
    ];
  }
}
