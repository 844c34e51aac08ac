import { UsageError } from './errors.ts';

const REMEDY = [
  'ids are text and must be typed as they stand in the data: 00012 is not 12',
  'list customers with: marketing-pipeline query "select customer_id, total_orders, total_spent from warehouse.dim_customer order by total_spent desc" --limit 20',
];

/** Nobody has that id. */
export class UnknownCustomerError extends UsageError {
  /** Ids that look like it. */
  readonly similarIds: readonly string[];

  constructor(message: string, similarIds: readonly string[]) {
    super(message, { remedy: REMEDY });
    this.similarIds = similarIds;
  }
}
