import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emailOf, googleAddress, metaAddress, sha256 } from '../../../src/export/campaigns/email-address.ts';

test('the hash of an address is the one that Meta publishes as an example', () => {
  // Meta, Marketing API, Custom Audiences, "Hashing".
  expect(sha256(metaAddress('Mary@Example.com'))).toBe(
    'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79',
  );
});

test.each([
  // Google, Data Manager API, "Format user data".
  ['cloudy.sanfrancisco+shopping@gmail.com', 'cloudysanfrancisco@gmail.com'],
  ['user.name+NYC@Example.com', 'user.name+nyc@example.com'],
  ['A.B@GoogleMail.com', 'ab@googlemail.com'],
  ['a.b+c@gmail.com.example', 'a.b+c@gmail.com.example'],
])('%s becomes %s for Google', (address, expected) => {
  expect(googleAddress(address)).toBe(expected);
});

test('Meta keeps dots and what follows a plus sign', () => {
  expect(metaAddress('A.b+C@Gmail.com')).toBe('a.b+c@gmail.com');
});

test.each([
  ['ann@shop.example', 'ann@shop.example'],
  ['  ann@shop.example\t', 'ann@shop.example'],
  ["o'hara+x@shop.example", "o'hara+x@shop.example"],
  ['=1+1@shop.example', '=1+1@shop.example'],
  ['ann@xn--mller-kva.example', 'ann@xn--mller-kva.example'],
])('%j is an address', (id, address) => {
  expect(emailOf(id)).toBe(address);
});

test.each([
  '',
  'C0001',
  'ann',
  '@shop.example',
  'ann@',
  'ann@shop',
  'ann@@shop.example',
  'ann@shop..example',
  'ann@-shop.example',
  'ann lee@shop.example',
  'ann@shop.example\nbob@shop.example',
  'ann@shop.example,bob@shop.example',
  '"ann"@shop.example',
  'ann@müller.example',
  `${'a'.repeat(65)}@shop.example`,
  `ann@${'a'.repeat(64)}.example`,
  `ann@${'a.'.repeat(130)}example`,
])('%j is no address', (id) => {
  expect(emailOf(id)).toBeUndefined();
});

test('an address made ready once stays as it is', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      for (const ready of [googleAddress, metaAddress]) expect(ready(ready(address))).toBe(ready(address));
      // What Google takes for one person is one person to Meta's rule, or differs in dots and plus signs only.
      expect(googleAddress(metaAddress(address))).toBe(googleAddress(address));
    }),
  );
});
