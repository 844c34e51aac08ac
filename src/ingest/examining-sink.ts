import { currencySign } from './currency-sign.ts';
import { HeaderSink } from './header-sink.ts';
import { evaluateText } from './mapping/evaluate-expression.ts';
import { columnsOf } from './mapping/expression.ts';
import type { Layout } from './mapping/layout.ts';
import { compileRules, type RecordOutcome } from './mapping/record-rule.ts';
import { recordCells } from './record-cells.ts';
import type { Dialect } from './record-scanner.ts';
import { AmountEvidence } from './values/amount-style.ts';
import { currencyOf } from './values/currency.ts';
import { DateEvidence } from './values/date-evidence.ts';

/** Records by currency, with the first record of each. */
export interface CurrencyCount {
  records: number;
  readonly firstRow: number;
}

/** What the values of all records prove about how they are written. */
export interface ValueEvidence {
  readonly dates: DateEvidence;
  readonly amounts: AmountEvidence;
  /** Of records that count as orders. */
  readonly currencies: ReadonlyMap<string, CurrencyCount>;
}

/** Looks at every record once, to decide how the columns are written. */
export class ExaminingSink extends HeaderSink implements ValueEvidence {
  readonly dates = new DateEvidence();
  readonly amounts = new AmountEvidence();
  readonly currencies = new Map<string, CurrencyCount>();
  readonly #layoutOf: (columns: readonly string[]) => Layout;
  #layout: Layout | undefined;
  #amountColumns: readonly number[] = [];
  #outcomeOf: (cells: readonly string[]) => RecordOutcome | undefined = () => undefined;

  constructor(name: string, dialect: Dialect, layoutOf: (columns: readonly string[]) => Layout) {
    super(name, dialect);
    this.#layoutOf = layoutOf;
  }

  override header(bytes: Buffer, start: number, end: number): void {
    super.header(bytes, start, end);
    const layout = this.#layoutOf(this.columns);
    this.#layout = layout;
    const { amount, refund } = layout.targets;
    const positions = [...columnsOf(amount), ...(refund === undefined ? [] : columnsOf(refund))];
    this.#amountColumns = [...new Set(positions)];
    this.#outcomeOf = compileRules(layout.rules);
  }

  wellFormed(bytes: Buffer, start: number, end: number, row: number, _line: number): void {
    const layout = this.#layout;
    if (layout === undefined) return;
    const cells = recordCells(bytes.toString('utf8', start, end), this.dialect);
    this.dates.add(evaluateText(layout.targets.date, cells));
    let sign: string | undefined;
    for (const position of this.#amountColumns) {
      const cell = cells[position] ?? '';
      if (cell === '') continue;
      this.amounts.add(cell);
      sign ??= currencySign(cell);
    }
    const outcome = this.#outcomeOf(cells);
    if (outcome !== undefined && outcome !== 'REFUNDED' && outcome !== 'RETURN') return;
    const { currency } = layout.targets;
    const named = currency === undefined ? sign : currencyOf(evaluateText(currency, cells));
    if (named === undefined) return;
    const known = this.currencies.get(named);
    if (known === undefined) this.currencies.set(named, { records: 1, firstRow: row });
    else known.records++;
  }
}
