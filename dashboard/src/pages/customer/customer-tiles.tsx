import { SimpleGrid } from '@mantine/core';
import type { CustomerExplanation } from '../../api/source.ts';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { OutlookTile, Tile } from './tile.tsx';
import { daysText, rankText } from './words.ts';

/** What the customer has brought, and what is to be expected. */
export function CustomerTiles({ explanation }: { readonly explanation: CustomerExplanation }) {
  const { profile, value, orders, churn, nextOrder } = explanation;
  const format = useFormat();
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Tile
        name="revenue"
        title="Revenue"
        about="All orders so far, net of returns."
        value={format.money(profile.revenue)}
        note={profile.firstOrderDate === null ? 'returns only' : `since ${format.day(profile.firstOrderDate)}`}
      />
      <Tile
        name="orders"
        title="Orders"
        about="Orders so far; returns do not count. Predictions count several orders of one day as one."
        value={format.number(profile.orders)}
        note={profile.purchaseDays === profile.orders ? undefined : `on ${daysText(profile.purchaseDays, format)}`}
      />
      <Tile
        name="average-order"
        title="Average order"
        about="Revenue divided by orders."
        value={format.money(profile.averageOrder)}
      />
      <Tile
        name="last-order"
        title="Last order"
        about="Day of the last order, and how long ago that is on the as-of date."
        value={format.day(profile.lastOrderDate)}
        note={agoText(profile.daysSinceLastOrder, format)}
      />
      <OutlookTile
        name="predicted-value"
        title="Predicted value"
        about="What the next 365 days are expected to bring: revenue, or margin where a gross margin is set; discounted, net of returns."
        outlook={value}
        show={({ predictedValue, low, high, lifetimeValue }) => ({
          value: format.money(predictedValue),
          notes: [
            low === null || high === null ? undefined : `80 % interval ${format.money(low)} to ${format.money(high)}`,
            `lifetime value ${format.money(lifetimeValue)}`,
          ],
        })}
      />
      <OutlookTile
        name="expected-orders"
        title="Expected orders"
        about="Days with an order that are expected in the next 365 days."
        outlook={orders}
        show={({ orders: expected, low, high, probabilityOfNone }) => ({
          value: format.number(expected),
          notes: [
            `80 % interval ${format.number(low)} to ${format.number(high)}`,
            `${format.percent(100 * probabilityOfNone)} likely to be none`,
          ],
        })}
      />
      <OutlookTile
        name="churn-risk"
        title="Churn risk"
        about="Probability of no order within the horizon."
        outlook={churn}
        show={({ score, horizonDays, percentile }) => ({
          value: format.percent(score),
          notes: [`no order within ${daysText(horizonDays, format)}`, rankText(percentile, format)],
        })}
      />
      <OutlookTile
        name="next-order"
        title="Next order"
        about="As likely as not there is an order by this day. The window holds it with 80 %, should there be one."
        outlook={nextOrder}
        show={({ date, from, until }) => ({
          value: format.day(date),
          notes: [
            until === null
              ? `80 % window from ${format.day(from)} on, with no end in sight`
              : `80 % window ${format.day(from)} to ${format.day(until)}`,
          ],
        })}
      />
    </SimpleGrid>
  );
}

function agoText(days: number | null, format: Format): string | undefined {
  if (days === null) return undefined;
  return days === 0 ? 'on the as-of date' : `${daysText(days, format)} ago`;
}
