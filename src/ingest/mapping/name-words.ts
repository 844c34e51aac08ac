import type { RequiredTargetName } from './target.ts';

/** Words that make a name mean a target although it is no known name: `needs` one of each group, none of `never`. */
interface WordRule {
  readonly target: RequiredTargetName;
  readonly needs: readonly (readonly string[])[];
  readonly never: readonly string[];
  readonly confidence: number;
}

const orderWords = ['order', 'orders', 'purchase', 'sale', 'sales', 'transaction', 'invoice', 'checkout', 'bestell'];
const idWords = ['id', 'ids', 'number', 'no', 'nr', 'num', 'key', 'code', 'uuid', 'guid', 'ref', 'reference', '#'];
const notThePlacing = [
  ...['ship', 'shipping', 'shipped', 'deliver', 'delivery', 'delivered', 'due', 'birth', 'born', 'update', 'updated'],
  ...['modified', 'changed', 'cancelled', 'canceled', 'cancel', 'refund', 'refunded', 'return', 'returned', 'expiry'],
  ...['expiration', 'expires', 'start', 'end', 'signup', 'registered', 'registration', 'first', 'last', 'fulfilled'],
  ...['fulfillment', 'estimated', 'expected', 'requested', 'required', 'promise', 'dispute', 'deposit', 'export'],
  ...[
    'exported',
    'format',
    'zone',
    'by',
    'range',
    'customer',
    'card',
    'product',
    'item',
    'next',
    'until',
    'from',
    'to',
  ],
];
const notTheMoney = [
  ...['tax', 'taxes', 'vat', 'shipping', 'ship', 'delivery', 'freight', 'discount', 'discounts', 'refund', 'refunded'],
  ...['refunds', 'return', 'returns', 'cost', 'costs', 'fee', 'fees', 'commission', 'profit', 'margin', 'tip', 'unit'],
  ...['units', 'quantity', 'qty', 'count', 'items', 'item', 'orders', 'customers', 'number', 'id', 'name', 'rep'],
  ...['channel', 'person', 'team', 'date', 'time', 'region', 'currency', 'code', 'type', 'status', 'coupon', 'gift'],
  ...[
    'converted',
    'disputed',
    'balance',
    'outstanding',
    'due',
    'weight',
    'previous',
    'last',
    'first',
    'average',
    'avg',
  ],
  ...['lifetime', 'target', 'budget', 'per', 'rate', 'percent', 'share', 'credit', 'credits', 'list', 'days', 'method'],
];

const wordRules: readonly WordRule[] = [
  {
    target: 'date',
    needs: [['date', 'datum', 'fecha', 'datetime', 'timestamp', 'time', 'at'], orderWords],
    never: notThePlacing,
    confidence: 0.7,
  },
  {
    target: 'date',
    needs: [['date', 'datetime', 'timestamp', 'datum', 'fecha']],
    never: notThePlacing,
    confidence: 0.6,
  },
  {
    target: 'customer',
    needs: [
      ['customer', 'client', 'buyer', 'shopper', 'member', 'user', 'household', 'kunde', 'kunden', 'cliente'],
      idWords,
    ],
    never: ['group', 'type', 'order', 'segment', 'tax', 'vat', 'since', 'phone', 'postal', 'zip', 'agent', 'name'],
    confidence: 0.7,
  },
  {
    target: 'customer',
    needs: [['email', 'mail']],
    never: [
      'status',
      'consent',
      'marketing',
      'accepts',
      'opt',
      'merchant',
      'seller',
      'to',
      'recipient',
      'employee',
      'staff',
    ],
    confidence: 0.6,
  },
  {
    target: 'order',
    needs: [
      ['order', 'purchase', 'sale', 'transaction', 'invoice', 'receipt', 'basket', 'checkout', 'bestellung'],
      idWords,
    ],
    never: [
      ...[
        'item',
        'line',
        'customer',
        'user',
        'client',
        'buyer',
        'date',
        'status',
        'sales',
        'product',
        'payment',
        'card',
      ],
      ...['shipment', 'tracking', 'store', 'discount', 'coupon', 'parent', 'rep', 'agent', 'po', 'tax', 'purchaser'],
    ],
    confidence: 0.7,
  },
  {
    target: 'amount',
    needs: [
      ['amount', 'total', 'revenue', 'value', 'price', 'sales', 'betrag', 'umsatz', 'summe', 'montant', 'importe'],
      [
        'order',
        'sale',
        'sales',
        'purchase',
        'transaction',
        'invoice',
        'grand',
        'total',
        'paid',
        'net',
        'gross',
        'line',
      ],
    ],
    never: notTheMoney,
    confidence: 0.7,
  },
  { target: 'amount', needs: [['amount', 'revenue', 'umsatz', 'betrag']], never: notTheMoney, confidence: 0.6 },
];

/** The words of a name, in lower case without accents: `orderTotal_EUR` is order, total, eur. */
export function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/e[\s_-]?mail/gi, 'Email')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}#]+/u)
    .filter((word) => word !== '');
}

/** Longer texts are sentences, not names. */
const mostWords = 6;

/** The target that the words of a name point to, with the confidence, or undefined. */
export function targetByWords(name: string): { target: RequiredTargetName; confidence: number } | undefined {
  const words = wordsOf(name);
  if (words.length === 0 || words.length > mostWords) return undefined;
  for (const { target, needs, never, confidence } of wordRules) {
    if (words.some((word) => never.includes(word))) continue;
    if (satisfies(words, needs)) return { target, confidence };
  }
  return undefined;
}

/** Each group is met by a word of its own. */
function satisfies(words: readonly string[], needs: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = needs;
  if (first === undefined) return true;
  return words.some((word, at) => first.includes(word) && satisfies(words.toSpliced(at, 1), rest));
}
