/** Numbers and money as people in the shop's country write them. */
export interface Formatter {
  count(value: number): string;
  /** With so many digits after the decimal mark. */
  decimal(value: number, digits: number): string;
  money(value: number): string;
  percent(share: number, digits?: number): string;
}

export function formatter({ locale, currency }: { readonly locale: string; readonly currency: string }): Formatter {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return {
    count: (value) => count.format(value),
    decimal: (value, digits) =>
      value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    money: (value) => money.format(value),
    percent: (share, digits = 2) => `${(100 * share).toFixed(digits)} %`,
  };
}

/** Seconds as text: `0.26 s`. */
export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
