import type { QueryParams, QueryRow } from '../../api/source.ts';
import { type Measure, valueFilter } from './measures.ts';
import { riskFilter } from './risk-filter.ts';

export type Field = QueryRow<'risk/by-value'>;

/** Fields of risk and value that belong together; a value without an end has none. */
export interface FieldSelection {
  readonly riskFrom: number;
  readonly riskTo: number;
  /** 0 holds everything below 1 as well. */
  readonly valueFrom: number;
  readonly valueTo: number | undefined;
}

export const ALL_FIELDS: FieldSelection = { riskFrom: 0, riskTo: 100, valueFrom: 0, valueTo: undefined };

/** Whether some fields are not chosen. */
export function isRestricted({ riskFrom, riskTo, valueFrom, valueTo }: FieldSelection): boolean {
  return riskFrom > 0 || riskTo < 100 || valueFrom > 0 || valueTo !== undefined;
}

export function isSelected({ risk_from, value_from }: Field, selection: FieldSelection): boolean {
  const { riskFrom, riskTo, valueFrom, valueTo = Number.POSITIVE_INFINITY } = selection;
  const [risk, value] = [risk_from ?? 0, value_from ?? 0];
  return risk >= riskFrom && risk < riskTo && value >= valueFrom && value < valueTo;
}

/** How many customers are in the fields. */
export function customersIn(fields: readonly Field[], selection: FieldSelection): number {
  return fields.reduce((sum, field) => sum + (isSelected(field, selection) ? (field.customers ?? 0) : 0), 0);
}

/** The filter that leaves them; undefined where the list has none for the measure. */
export function filterOfFields(measure: Measure, selection: FieldSelection): QueryParams<'customers'> | undefined {
  const { riskFrom, riskTo, valueFrom, valueTo } = selection;
  const values = valueFilter(measure, { from: valueFrom === 0 ? undefined : valueFrom, to: valueTo });
  return values && { ...riskFilter(riskFrom, riskTo), ...values };
}

/** The selection in an address. */
export function readSelection(search: URLSearchParams): FieldSelection {
  const number = (name: string) => {
    const given = search.get(name);
    return given !== null && /^\d{1,7}$/.test(given) ? Number(given) : undefined;
  };
  return {
    riskFrom: number('risk_from') ?? ALL_FIELDS.riskFrom,
    riskTo: number('risk_to') ?? ALL_FIELDS.riskTo,
    valueFrom: number('value_from') ?? ALL_FIELDS.valueFrom,
    valueTo: number('value_to'),
  };
}

/** The address with the selection in it; what is not restricted is left out. */
export function writeSelection(before: URLSearchParams, selection: FieldSelection): URLSearchParams {
  const after = new URLSearchParams(before);
  const write = (name: string, value: number | undefined, open: number | undefined) => {
    if (value === undefined || value === open) after.delete(name);
    else after.set(name, String(value));
  };
  write('risk_from', selection.riskFrom, ALL_FIELDS.riskFrom);
  write('risk_to', selection.riskTo, ALL_FIELDS.riskTo);
  write('value_from', selection.valueFrom, ALL_FIELDS.valueFrom);
  write('value_to', selection.valueTo, undefined);
  return after;
}

/** Lower ends of the fields on each axis, in order. */
export function edgesOf(fields: readonly Field[]): {
  readonly risks: readonly number[];
  readonly values: readonly number[];
} {
  const values = fields.map((field) => field.value_from ?? 0);
  return {
    risks: Array.from({ length: 10 }, (_, index) => index * 10),
    values: [...new Set(values)].toSorted((a, b) => a - b),
  };
}
