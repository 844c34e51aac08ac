import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvOf, row } from '../support/make-shop.ts';
import { makeCliFolder } from '../support/run-cli.ts';
import { CTRL_C, DOWN, ENTER, hasTerminal, terminalNote, typeOnTerminal } from '../support/type-on-terminal.ts';

const CONFIG = 'pipeline.config.json';
const AMBIGUOUS = csvOf([
  row('01/02/2024', 'a', '1', '10.00'),
  row('03/04/2024', 'b', '2', '20.00'),
  row('05/06/2024', '', '3', '30.50'),
]);

test.skipIf(!hasTerminal)(
  `on a terminal: init asks for the file, the date order and the guests, writes the config and runs${terminalNote}`,
  async () => {
    await using shop = await makeCliFolder();
    await shop.write('orders.csv', AMBIGUOUS);
    const { code, screen } = await typeOnTerminal(shop.path, 'init', [
      ['Which file holds the orders?', `nope.csv${ENTER}`],
      ['there is no file "nope.csv"', `${'\u007f'.repeat(8)}orders.csv${ENTER}`],
      ['How are the dates written?', `${DOWN}${ENTER}`],
      ['What becomes of the orders without a customer?', `${DOWN}${ENTER}`],
      ['Write pipeline.config.json?', ENTER],
      ['Load the orders now?', ENTER],
    ]);
    expect(screen).toContain('01/02/2024 is 2024-02-01, 03/04/2024 is 2024-04-03');
    expect(screen).toContain('01/02/2024 is 2024-01-02, 03/04/2024 is 2024-03-04');
    expect(screen).toContain('1 record has no customer and is worth 30.50; 2 are sound');
    expect(screen).toContain('Pipeline completed successfully');
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(join(shop.path, CONFIG), 'utf8'))).toEqual({
      guests: 'separate',
      dateFormat: 'month-first',
    });
    const rows = await shop.run('query', 'select max(order_date) as d, count(*) as n from staging.stg_sales_clean');
    expect(rows.stdout).toBe('{"d":"2024-05-06","n":3}\n');
  },
);

test.skipIf(!hasTerminal)(
  `on a terminal: Ctrl-C at any question writes nothing, exit code 130; so does a no${terminalNote}`,
  async () => {
    await using shop = await makeCliFolder();
    await shop.write('orders.csv', AMBIGUOUS);
    const first = await typeOnTerminal(shop.path, 'init orders.csv', [['How are the dates written?', CTRL_C]]);
    expect(first.code).toBe(130);
    expect(first.screen).toContain('Nothing was written.');
    const last = await typeOnTerminal(shop.path, 'init orders.csv --date-format day-first --guests reject', [
      ['Write pipeline.config.json?', CTRL_C],
    ]);
    expect(last.code).toBe(130);
    const no = await typeOnTerminal(shop.path, 'init orders.csv --date-format day-first --guests reject', [
      ['Write pipeline.config.json?', 'n'],
    ]);
    expect(no.code).toBe(0);
    expect(no.screen).toContain('Nothing was written.');
    await expect(access(join(shop.path, CONFIG))).rejects.toThrow('ENOENT');
  },
);

test.skipIf(!hasTerminal)(
  `on a terminal: columns that no name points to are chosen from a list with examples; a config that is there is kept unless confirmed${terminalNote}`,
  async () => {
    await using shop = await makeCliFolder();
    await shop.write(
      'odd.csv',
      'k1,k2,k3,k4\n2024-01-05T23:30:00-05:00,ada,77,10.00\n2024-02-06T10:00:00-05:00,bo,78,20.00\n',
    );
    await shop.write(CONFIG, '{ "lostDays": 400, "map": { "country": "k2" } }\n');
    const steps: readonly (readonly [string, string])[] = [
      ['Which column holds the day of the order?', ENTER],
      ['Which column tells one customer from another?', ENTER],
      ['Which column holds the id of the order?', ENTER],
      ['Which column holds the amount?', ENTER],
      ['In which time zone is the shop?', `${'\u007f'.repeat(3)}Europe/Berln${ENTER}`],
      ['is not a time zone (did you mean "Europe/Berlin"?)', `\u007fin${ENTER}`],
    ];
    const replace = 'pipeline.config.json is there already: replace it?';
    const kept = await typeOnTerminal(shop.path, 'init odd.csv', [...steps, [replace, ENTER]]);
    expect(kept).toMatchObject({ code: 0, screen: expect.stringContaining('Nothing was written.') });
    expect(kept.screen).toContain('2024-01-05T23:30:00-05:00');
    expect(kept.screen).toContain('ada, bo');
    expect(await readFile(join(shop.path, CONFIG), 'utf8')).toBe('{ "lostDays": 400, "map": { "country": "k2" } }\n');

    const replaced = await typeOnTerminal(shop.path, 'init odd.csv', [
      ...steps,
      [replace, 'y'],
      ['Load the orders now?', 'n'],
    ]);
    expect(replaced).toMatchObject({
      code: 0,
      screen: expect.stringContaining('Wrote pipeline.config.json. Next: npx marketing-pipeline run odd.csv'),
    });
    expect(JSON.parse(await readFile(join(shop.path, CONFIG), 'utf8'))).toEqual({
      map: { date: 'k1', customer: 'k2', order: 'k3', amount: 'k4', country: 'k2' },
      timezone: 'Europe/Berlin',
      lostDays: 400,
    });
  },
);
