import { randomExponential, randomGamma } from 'd3-random';
import { PurchaseLog } from './purchase-log.ts';
import { type RandomStreams, type Uniform, wholeNumber } from './random-streams.ts';
import { dayOfTotal, season, totalAt } from './season.ts';
import type { ShopSettings } from './shop-settings.ts';

const shortestIdDigits = 6;
/** The spend of extreme truth parameters stops here: a billion, which sums of cents still hold exactly. */
const largestOrderCents = 1e11;

/** The simulated customers, by customer number from 0, and everything they ever buy. */
export interface CustomerBase {
  /** The id of a customer; ids have no order, and about one in ten starts with a zero. */
  idOf(customer: number): string;
  /** The true purchase rate of each customer after the first order; 0 for those that never return. */
  readonly ordersPerDay: Float64Array;
  /** The true mean value of each customer's orders, in cents. */
  readonly meanOrderCents: Float64Array;
  readonly purchases: PurchaseLog;
}

/** Draws the customers and their purchases. */
export function customerBase(settings: ShopSettings, streams: RandomStreams): CustomerBase {
  const { customers, dayCount, truth } = settings;
  const { acquisition, repeatClock } = season(settings);
  const gap = randomExponential.source(streams.repeats)(1);
  const rate = randomGamma.source(streams.rates)(truth.orderRateShape, truth.meanOrdersPerDay / truth.orderRateShape);
  const customerSpend = randomGamma.source(streams.spend)(truth.spendMeanShape, 1 / (100 * truth.spendScale));
  const orderSpend = randomGamma.source(streams.spend)(truth.spendShape);
  const closing = totalAt(repeatClock, dayCount);
  const ordersPerDay = new Float64Array(customers);
  const meanOrderCents = new Float64Array(customers);
  const purchases = new PurchaseLog();

  for (let customer = 0; customer < customers; customer++) {
    const centsScale = 1 / customerSpend();
    const orderCents = () => Math.min(largestOrderCents, Math.max(1, Math.round(orderSpend() * centsScale)));
    const firstDay = dayOfTotal(acquisition, streams.acquisition() * totalAt(acquisition, dayCount));
    const returns = streams.rates() >= truth.neverReturnShare;
    const personalRate = returns ? rate() : 0;
    ordersPerDay[customer] = personalRate;
    meanOrderCents[customer] = truth.spendShape * centsScale;
    purchases.add(firstDay, customer, orderCents());
    if (!returns) continue;
    let clock = totalAt(repeatClock, firstDay + 1) + gap() / personalRate;
    while (clock < closing) {
      purchases.add(dayOfTotal(repeatClock, clock), customer, orderCents());
      clock += gap() / personalRate;
    }
  }
  return { idOf: customerIds(customers, streams.ids), ordersPerDay, meanOrderCents, purchases };
}

/** Distinct ids of one length, dealt like cards. */
function customerIds(count: number, uniform: Uniform): (customer: number) => string {
  const digits = Math.max(shortestIdDigits, String(count).length);
  const cards = new Uint32Array(10 ** digits - 1);
  for (let index = 0; index < cards.length; index++) cards[index] = index + 1;
  for (let index = 0; index < count; index++) {
    const other = wholeNumber(uniform, index, cards.length - 1);
    const drawn = cards[other] ?? 0;
    cards[other] = cards[index] ?? 0;
    cards[index] = drawn;
  }
  const ids = cards.slice(0, count);
  return (customer) => String(ids[customer] ?? 0).padStart(digits, '0');
}
