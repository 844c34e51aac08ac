/** The clean table: orders with a product, so that columns that slip by one still hold something that looks right. */
export const orderColumns = [
  'Order ID',
  'Date',
  'Customer ID',
  'Sales',
  'Product',
  'Quantity',
  'Country',
  'Status',
  'Note',
] as const;

/** Lines of the clean file, its header counted. */
export const lineCount = 84;

const products = ['Mug', '1984', 'Tea, green', 'Poster 50x70', 'Mug', 'Desk lamp', '12"" vinyl'.replace('""', '"')];
const countries = ['US', 'DE', 'GB', 'France', 'NL'];
const notes = [
  '',
  'gift',
  'gift, wrapped',
  'said "thanks"',
  'two\nlines',
  '2024-01-05',
  '19.90',
  "the neighbour's",
  'a;b',
];

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? '';
}

/** Row `n` of the table, from 1. Order ids and customer ids are numbers, as amounts and quantities are. */
function orderCells(n: number): readonly string[] {
  const day = `2024-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + ((n * 5) % 28)).padStart(2, '0')}`;
  const cents = 199 + ((n * 3571) % 150_000);
  return [
    String(1000 + n),
    day,
    n % 3 === 0 ? `C${100 + (n % 17)}` : String(200 + (n % 17)),
    `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
    pick(products, n),
    String(1 + (n % 4)),
    pick(countries, n * 3),
    pick(['paid', 'shipped'], n),
    pick(notes, n * 2),
  ];
}

export const orderRows: readonly (readonly string[])[] = Array.from({ length: lineCount - 1 }, (_, at) =>
  orderCells(at + 1),
);
