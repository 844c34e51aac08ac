import { csvOf, row } from './make-shop.ts';
import { openShop, type Shop } from './run-shop.ts';
import { HOSTILE_IDS, servedRows } from './served-sample.ts';

/** Name of a file that breaks a page that is put together carelessly. */
export const HOSTILE_FILE = "<svg onload=alert(1)><!--<script>'\u2028.csv";

/** A shop whose best customers have hostile ids, out of a file of a hostile name. */
export async function openHostileShop(): Promise<Shop> {
  const shop = await openShop();
  const best = HOSTILE_IDS.map((id, index) => row('2024-06-05', id, `best-${index}`, 5_000 + index));
  await shop.run([await shop.write(HOSTILE_FILE, csvOf([...servedRows(), ...best]))]);
  return shop;
}
