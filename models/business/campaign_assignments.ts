import { resultOf } from '../../src/predictions/result.ts';
import { defineModel } from '../../src/project/model.ts';

const columns = [
  { name: 'launch_id', type: 'text', description: 'the launch' },
  {
    name: 'launched_on',
    type: 'date',
    description: 'the as-of date of the snapshot whose list was launched; orders count from the day after',
  },
  { name: 'campaign_type', type: 'text', description: 'Win-Back, Retention, Cross-Sell or Loyalty' },
  { name: 'customer_id', type: 'text', description: 'customer as text' },
  {
    name: 'campaign_group',
    type: 'text',
    description: 'target: was to be contacted; control: was to be left alone',
  },
  { name: 'stratum', type: 'text', description: 'the stratum within which the group was drawn' },
  { name: 'window_days', type: 'integer', description: 'days after the launch whose orders are measured' },
  {
    name: 'expected_revenue',
    type: 'double',
    description: 'revenue in the window as it was predicted at the launch; null where withheld',
  },
  {
    name: 'estimated_value',
    type: 'decimal(18,2)',
    description: 'what one more order would bring, as it was estimated at the launch',
  },
] as const;

export const model = defineModel({
  description: 'Who was assigned to which campaign and group by past launches. One row per launch and customer.',
  dependsOn: [],
  grain: ['launch_id', 'customer_id'],
  columns,
  checks: [
    'not_null(launch_id, launched_on, campaign_type, customer_id, campaign_group, window_days)',
    'unique(launch_id, customer_id)',
    "accepted_values(campaign_group, 'target', 'control')",
    'range(window_days, 1, null)',
  ],
  run: () => Promise.resolve(resultOf(columns, [])),
});
