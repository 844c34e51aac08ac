import { sampleRows } from '../../src/sample/sample-rows.ts';
import type { ShopOptions } from '../../src/sample/shop-options.ts';
import { shopSettings } from '../../src/sample/shop-settings.ts';
import type { SaleRow } from './make-shop.ts';

/** Clean orders of a simulated shop, without returns, dirt and orders of several lines. */
export function simulatedRows({ truth = {}, ...options }: ShopOptions): SaleRow[] {
  const plain = { returnShare: 0, dirtyOrderShare: 0, multiLineShare: 0 };
  return [...sampleRows(shopSettings({ ...options, truth: { ...plain, ...truth } }))].map(({ fields }) => {
    const [date = '', customer = '', order = '', sales = ''] = fields;
    return { date, customer, order, sales };
  });
}
