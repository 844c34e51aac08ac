/** Why a record is refused, in words. */
export const REASONS: Readonly<Record<string, string>> = {
  MALFORMED_ROW: 'Malformed line',
  INVALID_DATE: 'No valid date',
  INVALID_CUSTOMER: 'No valid customer',
  INVALID_ORDER: 'No valid order id',
  INVALID_SALES: 'No valid amount',
  DUPLICATE_ROW: 'Copy of an earlier row',
  ORDER_CONFLICT: 'Order contradicts itself',
};

/** What a record is that is understood and does not count. */
export const KINDS: Readonly<Record<string, string>> = {
  CANCELLED: 'Cancelled order',
  FAILED: 'Payment failed',
  UNPAID: 'Not paid',
  NOT_AN_ORDER: 'No order: transfer, fee, test',
  OTHER_CURRENCY: 'In another currency',
  ORDER_DETAIL: 'Further line of an order',
  FREE_LINE: 'Line with amount zero',
  FOOTER: 'Line below the table',
  REPEATED_HEADER: 'Column names once more',
  REPEATED: 'Said by an earlier file',
  SUPERSEDED: 'A later file says otherwise',
  MENDED: 'Mended since',
};

/** How something ended, with a sign for those who see no colours. */
export const STATUSES: Readonly<Record<string, string>> = {
  success: '✓ success',
  passed: '✓ passed',
  balanced: '✓ balanced',
  carried: '↷ carried over',
  running: '… running',
  warned: '! warned',
  cancelled: '– cancelled',
  skipped: '– skipped',
  failed: '✗ failed',
  crashed: '✗ crashed',
  blocked: '✗ blocked by a check',
  gap: '✗ gap',
};

/** The name of a thing for people; the name in the data where there is none. */
export function named(words: Readonly<Record<string, string>>, name: string | null): string {
  return words[name ?? ''] ?? name ?? '';
}
