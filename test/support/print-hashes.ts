/** Runs over the rows on stdin in a process of its own and prints the content hashes as JSON. */
import { text } from 'node:stream/consumers';
import type { SaleRow } from './make-shop.ts';
import { contentHashes, openShop } from './run-shop.ts';

const rows: readonly SaleRow[] = JSON.parse(await text(process.stdin));
await using shop = await openShop();
await shop.load(rows);
// Shows that the process really runs in the zone it was given.
const minutesWestOfUtc = new Date('2024-07-01T00:00:00Z').getTimezoneOffset();
console.log(JSON.stringify({ minutesWestOfUtc, hashes: await contentHashes(shop) }));
