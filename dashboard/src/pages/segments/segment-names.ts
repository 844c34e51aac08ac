/** Who has bought nothing yet, as segment_migration calls it. */
export const NOT_YET = 'not yet a customer';

/** The five segments from the best to the lost, and those who are none yet: the order of stacks and flows. */
export const FIVE = ['High Value', 'Regular', 'New', 'At Risk', 'Lost', NOT_YET] as const;
