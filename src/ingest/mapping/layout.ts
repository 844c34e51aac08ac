import type { Expression, NumberExpression, TextExpression } from './expression.ts';
import type { RecordRule } from './record-rule.ts';
import type { NumberTargetName, TargetName } from './target.ts';

/**
 * What a row is. `order`: one order. `line`: one line of an order; the lines' amounts are summed. `first-line`: one
 * line of an order, but the order's totals stand on its first line only; later lines with a blank amount are details.
 */
export type Grain = 'order' | 'line' | 'first-line';

/** How a customer's id is compared: as it stands, or as an e-mail address (case does not matter). */
export type CustomerRule = 'text' | 'email';

type TextTargetName = Exclude<TargetName, NumberTargetName>;

/** An expression for each target that the header holds; the required four are always there. */
export type LayoutTargets = {
  readonly [Name in TextTargetName]?: TextExpression;
} & {
  readonly [Name in NumberTargetName]?: NumberExpression;
} & {
  readonly date: TextExpression;
  readonly customer: TextExpression;
  readonly order: TextExpression;
  readonly amount: NumberExpression;
};

/** What a header means: how each record of the file becomes an order, a line, a return, or nothing. */
export interface Layout {
  /** The preset's id, or `general` where the names were matched one by one. */
  readonly id: string;
  readonly title: string;
  readonly grain: Grain;
  readonly targets: LayoutTargets;
  /** Zone of dates that carry none, where the header says it, such as `UTC` for `Created (UTC)`. */
  readonly timeZoneOfDates?: string;
  readonly customerRule: CustomerRule;
  /** Customer ids that mean "no account": the record is a guest's. */
  readonly guestIds: readonly string[];
  /** The first rule that holds decides; see `compileRules`. */
  readonly rules: readonly RecordRule[];
  /** How the platform writes dates such as 09/05/26, where that is known. */
  readonly dateHint?: 'day-first' | 'month-first';
  /** What a user should know about this layout, one sentence each. */
  readonly notes: readonly string[];
}

/** The expressions of a layout with their targets, in the order of the target table. */
export function layoutExpressions(layout: Layout): [TargetName, Expression][] {
  const found: [TargetName, Expression][] = [];
  for (const [name, expression] of Object.entries(layout.targets)) {
    if (expression !== undefined) found.push([name as TargetName, expression]);
  }
  return found;
}

/**
 * The customer's id under the rule: trimmed; an e-mail address also in lower case, but an id that is none (no `@`)
 * keeps its case, so that two ids never become one.
 */
export function customerId(text: string, rule: CustomerRule): string {
  const trimmed = text.trim();
  return rule === 'email' && trimmed.includes('@') ? trimmed.toLowerCase() : trimmed;
}
