import { Link } from 'wouter';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { shade } from '../../charts/shade.ts';
import type { Drawing } from '../../components/chart-card.tsx';
import { customersAddress } from '../../components/customers-address.ts';
import type { Format } from '../../format/format.ts';
import classes from './rfm-map.module.css';

export type MapMeasure = 'customers' | 'revenue' | 'value_at_risk';

type Row = QueryRow<'segments/map'>;

const SCORES = [1, 2, 3, 4, 5] as const;
const ENDS: Readonly<Record<number, string>> = { 1: ' (lowest)', 5: ' (highest)' };

/** Recency score by frequency score, as a table of which each field names its segments. */
export function RfmMap({ answer, format, palette, measure }: Drawing<Row> & { readonly measure: MapMeasure }) {
  const fields = fieldsOf(answer.rows);
  const totals = [...fields.values()].map((rows) => sumOf(rows, measure));
  const most = Math.max(1, ...totals);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label="Recency by frequency" tabIndex={0}>
      <table className={classes.map}>
        <thead>
          <tr>
            <th className={classes.side} scope="col">
              Recency ↓ Frequency →
            </th>
            {SCORES.map((score) => (
              <th key={score} scope="col">
                {score}
                {ENDS[score]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SCORES.toReversed().map((recency) => (
            <tr key={recency}>
              <th className={classes.side} scope="row">
                {recency}
                {ENDS[recency]}
              </th>
              {SCORES.map((frequency) => {
                const rows = fields.get(`${recency} ${frequency}`) ?? [];
                const total = sumOf(rows, measure);
                const { fill, ink } = shade(palette.ramp, Math.sqrt(Math.max(0, total) / most));
                return (
                  <td
                    key={frequency}
                    className={classes.field}
                    style={{ background: fill, color: ink }}
                    data-field={`${recency}-${frequency}`}
                    data-value={total}
                  >
                    <span className={classes.number}>{shown(total, measure, format)}</span>
                    {rows.map((row) => (
                      <SegmentOfField key={row.rfm_segment} row={row} isAlone={rows.length === 1} format={format} />
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SegmentOfFieldProps {
  readonly row: Row;
  readonly isAlone: boolean;
  readonly format: Format;
}

function SegmentOfField({ row: { rfm_segment: segment, customers }, isAlone, format }: SegmentOfFieldProps) {
  const { source } = useSource();
  const count = isAlone ? '' : ` ${format.number(customers)}`;
  return (
    <span className={classes.segment}>
      {source.isOffline || segment === null ? (
        segment
      ) : (
        <Link href={customersAddress({ rfm: segment })}>{segment}</Link>
      )}
      {count}
    </span>
  );
}

function fieldsOf(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => `${row.recency_score} ${row.frequency_score}`);
}

function sumOf(rows: readonly Row[], measure: MapMeasure): number {
  return Math.round(100 * rows.reduce((sum, row) => sum + (row[measure] ?? 0), 0)) / 100;
}

function shown(total: number, measure: MapMeasure, format: Format): string {
  return measure === 'customers' ? format.number(total) : format.shortMoney(total);
}
