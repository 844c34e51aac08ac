declare const unitOfSpan: unique symbol;
declare const unitOfRate: unique symbol;

/** The units in which models are fitted. The unit is part of the type, so that weeks never meet days by accident. */
export type TimeUnit = 'day' | 'week' | 'year';

/** A length of time in the unit `U`. A plain number is not assignable to it: use {@link span}, {@link days}, {@link weeks}. */
export type Span<U extends TimeUnit> = number & { readonly [unitOfSpan]: U };

/** Something per unit `U` of time: orders per week, a continuous discount per day. */
export type Rate<U extends TimeUnit> = number & { readonly [unitOfRate]: U };

export type Days = Span<'day'>;
export type Weeks = Span<'week'>;

/** Days in each unit; the year is the average one of the Gregorian calendar's leap rule of four. */
export const daysPer: Readonly<Record<TimeUnit, number>> = { day: 1, week: 7, year: 365.25 };

// The casts below are the only doors by which a number becomes a time.
/** `value` units of time. The unit is given for the type's sake and the reader's. */
export function span<U extends TimeUnit>(value: number, _unit: U): Span<U> {
  return value as Span<U>;
}

/** `value` per unit of time. */
export function rate<U extends TimeUnit>(value: number, _unit: U): Rate<U> {
  return value as Rate<U>;
}

export const days = (value: number): Days => span(value, 'day');
export const weeks = (value: number): Weeks => span(value, 'week');

/** The sum of two times of one unit. */
export function plus<U extends TimeUnit>(a: Span<U>, b: Span<U>): Span<U> {
  return (a + b) as Span<U>;
}

/** The same time in another unit; a week is seven days, to the last bit. */
export function convertSpan<U extends TimeUnit, V extends TimeUnit>(value: Span<U>, from: U, to: V): Span<V> {
  return span((value * daysPer[from]) / daysPer[to], to);
}

/** The same rate in another unit: 0.7 orders per week are 0.1 per day. */
export function convertRate<U extends TimeUnit, V extends TimeUnit>(value: Rate<U>, from: U, to: V): Rate<V> {
  return rate((value * daysPer[to]) / daysPer[from], to);
}
