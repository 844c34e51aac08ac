import type { Span, TimeUnit } from '../units.ts';
import type { OrderProcess } from './order-process.ts';

function remembered<Argument, Result>(compute: (argument: Argument) => Result): (argument: Argument) => Result {
  const known = new Map<Argument, Result>();
  return (argument) => {
    const found = known.get(argument);
    if (found !== undefined) return found;
    const result = compute(argument);
    known.set(argument, result);
    return result;
  };
}

/** The same process, which remembers what it was asked: for customers who, while alive, are alike. */
export function sharedProcess<U extends TimeUnit>(process: OrderProcess<U>): OrderProcess<U> {
  const lists = new Map<Span<U>, Float64Array>();
  let ever: number | undefined;
  return {
    expected: remembered(process.expected),
    expectedPairs: remembered(process.expectedPairs),
    rateAt: process.rateAt,
    noOrder: remembered(process.noOrder),
    get noOrderEver() {
      ever ??= process.noOrderEver;
      return ever;
    },
    orders: (time, upTo) => {
      let list = lists.get(time);
      if (list === undefined || list.length <= upTo) {
        list = process.orders(time, upTo);
        lists.set(time, list);
      }
      return list.length === upTo + 1 ? list : list.subarray(0, upTo + 1);
    },
    timeOfNoOrder: remembered(process.timeOfNoOrder),
    timeScale: process.timeScale,
  };
}
