import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunError, UsageError } from '../../src/errors.ts';
import { sampleHeader, writeSample } from '../../src/sample/sample-csv.ts';
import { type SampleTruth, sampleTruth } from '../../src/sample/sample-truth.ts';
import { simulateShop } from '../../src/sample/shop.ts';
import { defaultShopTruth, type ShopOptions } from '../../src/sample/shop-options.ts';
import { readSample } from './read-sample.ts';

const bundledSample = join(import.meta.dirname, '../../data/raw/sample_orders.csv');

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-'));
  path = join(folder, 'sample.csv');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(options?: ShopOptions): Promise<{ text: string; truth: SampleTruth }> {
  const truth = await writeSample(path, options);
  return { text: await readFile(path, 'utf8'), truth };
}

function figuresOf(truth: SampleTruth) {
  const { rejectedRows, cleanRows, orders, returns, customers, oneOrderCustomers, netRevenueCents } = truth;
  return { rejectedRows, cleanRows, orders, returns, customers, oneOrderCustomers, netRevenueCents };
}

describe('the bundled sample', () => {
  it('is, byte for byte, what the generator writes without options', async () => {
    const { text } = await written();
    expect(text === (await readFile(bundledSample, 'utf8'))).toBe(true);
  });

  it('holds, read without knowledge of the generator, exactly the stated truth', async () => {
    const { rows, header, ...figures } = readSample(await readFile(bundledSample, 'utf8'));
    const truth = sampleTruth();
    expect(header).toBe('Unnamed: 0,Date,Customer ID,Order ID,Sales');
    expect(figures).toEqual(figuresOf(truth));
    expect(rows.length).toBe(truth.rows);
  });

  it('has the size and the mixture of customers that the tables need', () => {
    const truth = sampleTruth();
    const rejected = Object.values(truth.rejectedRows);
    expect(truth.rows).toBeGreaterThan(39_000);
    expect(truth.rows).toBeLessThan(41_000);
    expect(truth.firstOrderDate).toBe('2023-01-01');
    expect(truth.lastOrderDate).toBe('2025-06-30');
    expect(1 - truth.oneOrderCustomers / truth.customers).toBeGreaterThan(0.3);
    expect(1 - truth.oneOrderCustomers / truth.customers).toBeLessThan(0.35);
    expect(truth.netRevenueCents / truth.orders).toBeGreaterThan(6000);
    expect(truth.netRevenueCents / truth.orders).toBeLessThan(9000);
    expect(truth.netRevenueCents).toBeGreaterThan(2_500_000_00);
    expect(truth.netRevenueCents).toBeLessThan(3_500_000_00);
    expect(Math.min(...rejected)).toBeGreaterThan(2);
    expect(truth.cleanRows + rejected.reduce((sum, count) => sum + count, 0)).toBe(truth.rows);
  });
});

describe('a written sample', () => {
  it('has numbered rows sorted by date, and six-digit customers of which some start with a zero', async () => {
    const { text } = await written({ customers: 2000, truth: { dirtyOrderShare: 0 } });
    const { header, rows } = readSample(text);
    const cells = rows.map((row) => row.split(','));
    const dates = cells.map(([, date]) => date);
    const customers = new Set(cells.map(([, , customer = '']) => customer));
    expect(header).toBe(sampleHeader);
    expect(cells.map(([index]) => index)).toEqual(rows.map((_, index) => String(index)));
    expect(dates).toEqual([...dates].sort());
    expect([...customers].filter((customer) => !/^\d{6}$/.test(customer))).toEqual([]);
    expect([...customers].filter((customer) => customer.startsWith('0')).length).toBeGreaterThan(100);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('has the same bytes for the same seed and other bytes for another seed', async () => {
    const first = (await written({ customers: 500, seed: 1 })).text;
    expect((await written({ customers: 500, seed: 1 })).text).toBe(first);
    expect((await written({ customers: 500, seed: 2 })).text).not.toBe(first);
  });

  it('holds exactly its truth, whatever the size, period, seed and amount of dirt', async () => {
    const options = fc.record({
      customers: fc.integer({ min: 1, max: 300 }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      endDate: fc.constantFrom('2023-01-01', '2023-01-09', '2023-12-31', '2024-03-01'),
      truth: fc.record({
        dirtyOrderShare: fc.constantFrom(0, 0.05, 0.5, 1),
        returnShare: fc.constantFrom(0, 0.1, 1),
        multiLineShare: fc.constantFrom(0, 0.1, 1),
        meanOrdersPerDay: fc.constantFrom(0.001, 0.1),
        spendScale: fc.constantFrom(0.01, 45),
      }),
    });
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const { text, truth } = await written(given);
        const { rows, header, ...figures } = readSample(text);
        expect(figures).toEqual(figuresOf(truth));
        expect(rows.length).toBe(truth.rows);
        expect(sampleTruth(given)).toEqual(truth);
      }),
      { numRuns: 60 },
    );
  });

  it('shows every reason of rejection as soon as a shop has 25 dirty orders', async () => {
    const { rejectedRows } = sampleTruth({ customers: 50, truth: { dirtyOrderShare: 1, returnShare: 0 } });
    expect(Math.min(...Object.values(rejectedRows))).toBeGreaterThan(0);
  });

  it('has every line and every return of the simulated orders, also those that come back after the last order', () => {
    const options = { customers: 40, truth: { dirtyOrderShare: 0, returnShare: 1, meanOrdersPerDay: 1e-4 } };
    const orders = [...simulateShop(options)];
    const returned = orders.flatMap((order) => order.return ?? []);
    const lines = orders.flatMap(({ lineCents }) => lineCents);
    const returnedCents = returned.reduce((sum, { cents }) => sum + cents, 0);
    expect(returned.some(({ day }) => day > (orders.at(-1)?.day ?? Number.NaN))).toBe(true);
    expect(sampleTruth(options)).toMatchObject({
      rows: lines.length + returned.length,
      orders: orders.length,
      returns: returned.length,
      returnedCents,
      netRevenueCents: lines.reduce((sum, cents) => sum + cents, 0) - returnedCents,
      neverReturnCustomers: new Set(
        orders.flatMap(({ customer }) => (customer.ordersPerDay === 0 ? [customer.id] : [])),
      ).size,
    });
  });

  it('states the parameters of the shop and how many customers never return', () => {
    const truth = sampleTruth({ customers: 400, truth: { neverReturnShare: 1, dirtyOrderShare: 0 } });
    expect(truth.shop).toEqual({ ...defaultShopTruth, neverReturnShare: 1, dirtyOrderShare: 0 });
    expect(truth).toMatchObject({ neverReturnCustomers: 400, oneOrderCustomers: 400, customers: 400, orders: 400 });
  });
});

describe('writing', () => {
  it('creates missing folders and leaves nothing beside the file', async () => {
    const deep = join(folder, 'new', 'folder', 'orders.csv');
    await writeSample(deep, { customers: 5 });
    expect(await readdir(join(folder, 'new', 'folder'))).toEqual(['orders.csv']);
  });

  it('replaces an older and longer file as a whole', async () => {
    await writeFile(path, 'old\n'.repeat(100_000));
    const { text } = await written({ customers: 5 });
    expect(text).not.toContain('old');
  });

  it('says which path cannot be written and leaves nothing behind', async () => {
    await mkdir(path);
    const failure = writeSample(path, { customers: 5 });
    await expect(failure).rejects.toThrow(RunError);
    await expect(failure).rejects.toThrow(`${path} cannot be written`);
    expect(await readdir(folder)).toEqual(['sample.csv']);
  });

  it('refuses impossible options before it touches the path', async () => {
    await expect(writeSample(path, { customers: 0 })).rejects.toThrow(UsageError);
    expect(await readdir(folder)).toEqual([]);
  });
});
