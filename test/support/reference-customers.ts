import { createHash } from 'node:crypto';
import { dayOf, monthTextOf } from './calendar-days.ts';
import { money, moneyPer, partOf, ratio } from './exact.ts';
import type { Customer, ReferenceSettings, ReferenceShop } from './reference-shop.ts';

interface Judged {
  readonly person: Customer;
  readonly segment: string;
  readonly valueCents: number;
  readonly isTopByValue: boolean;
  /** Days of silence that are unusual for the customer. */
  readonly gapLimit: number | null;
  readonly daysActive: number | null;
}

/** The tables by customer of a reference shop. */
export function customerTables(shop: ReferenceShop, settings: ReferenceSettings) {
  const judged = shop.customers.map((person) => judge(person, shop, settings));
  return {
    customer_segments: customerSegments(judged, shop, settings),
    customer_ltv_analysis: judged.map(ltvRow),
    campaign_targets: campaignTargets(judged, settings),
  };
}

function judge(person: Customer, { customers }: ReferenceShop, settings: ReferenceSettings): Judged {
  const valueCents = withMargin(person.spentCents, settings);
  const richer = customers.filter(({ spentCents }) => spentCents > person.spentCents).length;
  const isTopByValue = 1000 * (richer + 1) <= Math.round(1000 * settings.highValueShare) * customers.length;
  const isHighValue =
    settings.highValueBy === 'threshold' ? valueCents >= 100 * settings.ltvHighThreshold : isTopByValue;
  const { firstDate, lastDate, purchaseDays } = person;
  const daysActive = firstDate === null || lastDate === null ? null : dayOf(lastDate) - dayOf(firstDate);
  const gaps = purchaseDays.length - 1;
  // The quantile of an exponential distribution around the own mean gap.
  const unusual = -Math.log(1 - settings.expectedGapPercentile);
  const gapLimit = daysActive === null || gaps < 1 ? null : (daysActive / gaps) * unusual;
  return {
    person,
    valueCents,
    isTopByValue,
    gapLimit,
    daysActive,
    segment: segmentOf(person, isHighValue, gapLimit, settings),
  };
}

function withMargin(cents: number, { grossMargin }: ReferenceSettings): number {
  if (grossMargin === null) return cents;
  const exact = cents * Math.round(10_000 * grossMargin);
  return Math.sign(exact) * Math.floor((Math.abs(exact) + 5_000) / 10_000);
}

function segmentOf(
  { daysSinceFirst, daysSinceLast }: Customer,
  isHighValue: boolean,
  gapLimit: number | null,
  settings: ReferenceSettings,
): string {
  if (daysSinceFirst === null || daysSinceLast === null || daysSinceLast > settings.lostDays) return 'Lost';
  if (daysSinceFirst < settings.newDays) return 'New';
  if (isHighValue && daysSinceLast <= settings.activeDays) return 'High Value';
  if (daysSinceLast > settings.atRiskDays || (gapLimit !== null && daysSinceLast > gapLimit)) return 'At Risk';
  return 'Regular';
}

function customerSegments(judged: readonly Judged[], { customers }: ReferenceShop, settings: ReferenceSettings) {
  const oneOrder = customers.filter(({ orders }) => orders.length === 1).length;
  const byThresholds = 2 * oneOrder > customers.length;
  const lateness = customers.map(({ daysSinceLast }) => -(daysSinceLast ?? Number.MAX_SAFE_INTEGER));
  const orderCounts = customers.map(({ orders }) => orders.length);
  const revenues = customers.map(({ spentCents }) => spentCents);
  return judged.map(({ person, segment, valueCents, gapLimit }) => {
    const recency = partOf(-(person.daysSinceLast ?? Number.MAX_SAFE_INTEGER), lateness, 5);
    const count = person.orders.length;
    const frequency = byThresholds ? Math.min(5, Math.max(1, count)) : partOf(count, orderCounts, 5);
    const monetary = partOf(person.spentCents, revenues, 5);
    return {
      customer_id: person.customer,
      customer_segment: segment,
      value_tier: valueTier(valueCents, settings),
      lifetime_value: money(valueCents),
      days_since_last_order: person.daysSinceLast,
      expected_gap_limit_days: gapLimit === null ? null : gapLimit.toFixed(2),
      recency_score: recency,
      frequency_score: frequency,
      frequency_score_method: byThresholds ? 'thresholds' : 'quintiles',
      monetary_score: monetary,
      rfm_score: `${recency}${frequency}${monetary}`,
    };
  });
}

function ltvRow({ person, segment, valueCents, daysActive }: Judged) {
  const { customer, firstDate, orders, spentCents, purchaseDays, daysSinceFirst, daysSinceLast } = person;
  const gaps = purchaseDays.length - 1;
  return {
    customer_id: customer,
    acquisition_cohort: firstDate === null ? null : monthTextOf(firstDate),
    customer_segment: segment,
    total_orders: orders.length,
    total_spent: money(spentCents),
    avg_order_value: moneyPer(spentCents, orders.length),
    days_active: daysActive,
    avg_days_between_orders: daysActive === null ? null : ratio(daysActive, gaps),
    orders_per_year: daysSinceFirst === null || daysSinceFirst < 30 ? null : (365.25 * gaps) / daysSinceFirst,
    days_since_last_order: daysSinceLast,
    historic_value: money(valueCents),
    predicted_value: null,
    lifetime_value: null,
    churn_risk_score: null,
    prediction_status: 'WITHHELD',
    churn_status: 'WITHHELD',
  };
}

function campaignTargets(judged: readonly Judged[], settings: ReferenceSettings) {
  const regular = judged.filter(({ segment }) => segment === 'Regular').map(({ person }) => person.orders.length);
  const typical = median(regular);
  const chosen = judged.flatMap((one) => {
    const type = campaignOf(one, typical, settings);
    return type === undefined ? [] : [{ ...one, type }];
  });
  const groups = controlGroups(chosen, settings);
  return chosen.map(({ person, segment, valueCents, type }) => {
    const values = chosen.filter((other) => other.type === type).map((other) => other.valueCents);
    const average = Math.round(100 * Number(moneyPer(person.spentCents, person.orders.length)));
    return {
      customer_id: person.customer,
      campaign_type: type,
      customer_segment: segment,
      campaign_group: groups.get(person.customer)?.campaign_group,
      priority_level: 6 - partOf(valueCents, values, 5),
      estimated_value: money(withMargin(average, settings)),
      historic_value: money(valueCents),
      days_since_last_order: person.daysSinceLast,
      stratum: groups.get(person.customer)?.stratum,
    };
  });
}

function campaignOf(one: Judged, typicalOrders: number, settings: ReferenceSettings): string | undefined {
  const { person, segment, valueCents, isTopByValue } = one;
  switch (segment) {
    case 'Lost': {
      const silent = person.daysSinceLast !== null && person.daysSinceLast >= settings.minDaysForWinback;
      return silent && (isTopByValue || valueCents >= 100 * settings.ltvHighThreshold) ? 'Win-Back' : undefined;
    }
    case 'At Risk':
      return valueCents >= 100 * settings.minLtvForRetention ? 'Retention' : undefined;
    case 'Regular':
      return person.orders.length > typicalOrders ? 'Cross-Sell' : undefined;
    case 'High Value':
      return 'Loyalty';
    default:
      return undefined;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor((sorted.length - 1) / 2);
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
}

interface Chosen {
  readonly person: Customer;
  readonly valueCents: number;
  readonly type: string;
}

const TYPES = ['Win-Back', 'Retention', 'Cross-Sell', 'Loyalty'];
const VALUES = ['value low', 'value middle', 'value high'];
const SILENCES = ['silence short', 'silence middle', 'silence long'];

/** Stratum after stratum: of each those who come first by their hash, so many that the share is right so far. */
function controlGroups(chosen: readonly Chosen[], { controlSalt, controlShare }: ReferenceSettings) {
  const placed = chosen.map((one) => {
    const alike = chosen.filter(({ type }) => type === one.type);
    const values = alike.map(({ valueCents }) => valueCents);
    const silences = alike.map(({ person }) => person.daysSinceLast ?? 0);
    const value = partOf(one.valueCents, values, 3) - 1;
    const silence = partOf(one.person.daysSinceLast ?? 0, silences, 3) - 1;
    return { ...one, position: 9 * TYPES.indexOf(one.type) + 3 * value + silence, value, silence };
  });
  const groups = new Map<string, { stratum: string; campaign_group: string }>();
  let before = 0;
  for (const position of new Set(placed.map((one) => one.position).toSorted((a, b) => a - b))) {
    const stratum = placed
      .filter((one) => one.position === position)
      .toSorted((a, b) => drawOf(a.person.customer, controlSalt) - drawOf(b.person.customer, controlSalt));
    const soFar = (customers: number) => Math.floor(controlShare * customers + 0.5);
    const controls = soFar(before + stratum.length) - soFar(before);
    before += stratum.length;
    stratum.forEach(({ person, type, value, silence }, rank) => {
      groups.set(person.customer, {
        stratum: `${type}, ${VALUES[value]}, ${SILENCES[silence]}`,
        campaign_group: rank < controls ? 'control' : 'target',
      });
    });
  }
  return groups;
}

/** The first 52 bits of the MD5 of salt and customer, as a share of all. */
function drawOf(customer: string, salt: string): number {
  const digits = createHash('md5').update(`${salt}:${customer}`).digest('hex').slice(0, 13);
  return Number.parseInt(digits, 16) / 2 ** 52;
}

function valueTier(cents: number, { ltvHighThreshold, ltvRegularThreshold }: ReferenceSettings): string {
  if (cents >= 100 * ltvHighThreshold) return 'High';
  return cents >= 100 * ltvRegularThreshold ? 'Regular' : 'Low';
}
