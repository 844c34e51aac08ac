import { createHash } from 'node:crypto';

/** The white space that every engine means by `\s`. */
const WHITE_SPACE = new Set(' \t\r\n\f');
/** What a browser takes for an e-mail address (HTML, "valid e-mail address"), with a dot in the domain. */
const ADDRESS =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;
/** Octets of an address, RFC 5321. */
const LONGEST = 254;

/**
 * The e-mail address that a customer id is, without spaces around it; undefined when it is none. Addresses are ASCII: an
 * international domain is written as `xn--...`.
 */
export function emailOf(customerId: string): string | undefined {
  const text = trimmed(customerId);
  return text.length <= LONGEST && ADDRESS.test(text) ? text : undefined;
}

/** Not by a pattern: one that is anchored at the end only tries every run of spaces from each of its characters. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.has(text.charAt(start))) start += 1;
  while (end > start && WHITE_SPACE.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** An address as Meta asks for it before hashing: in small letters. */
export function metaAddress(email: string): string {
  return email.toLowerCase();
}

/**
 * An address as Google asks for it before hashing: in small letters; of gmail.com and googlemail.com without the dots and
 * without `+` and what follows it before the `@`. Source: Data Manager API, "Format user data".
 */
export function googleAddress(email: string): string {
  const address = email.toLowerCase();
  const [local = '', domain = ''] = address.split('@');
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return address;
  return `${(local.split('+')[0] ?? '').replaceAll('.', '')}@${domain}`;
}

/** SHA-256 of the text's UTF-8 bytes, as 64 small hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
