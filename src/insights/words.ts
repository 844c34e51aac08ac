import { INTERVAL_LEVEL } from '../analytics/evidence/evidence.ts';
import type { CodeModelContext } from '../project/model.ts';

/** Numbers, money and chances as the shop's settings write them. */
export interface Words {
  whole(value: number): string;
  money(value: number): string;
  percent(value: number, digits?: number): string;
  /** `12 % above` or `12 % below`, of a relative difference: 0.12 is 12 %. */
  against(relative: number): string;
}

export function wordsOf({ vars }: Pick<CodeModelContext, 'vars'>): Words {
  const locale = String(vars.get('locale'));
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: String(vars.get('currency')),
    maximumFractionDigits: 0,
  });
  const percent = (value: number, digits = 1) => `${value.toFixed(digits)} %`;
  return {
    whole: (value) => whole.format(value),
    money: (value) => money.format(value),
    percent,
    against: (relative) => `${percent(Math.abs(100 * relative), 0)} ${relative < 0 ? 'below' : 'above'}`,
  };
}

/** A p-value as people write it; one that rounds to zero is not zero. */
export function chance(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

/** `95 %`, the level of the intervals. */
export const LEVEL_WORDS = `${100 * INTERVAL_LEVEL} %`;
