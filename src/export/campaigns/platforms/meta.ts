import { metaAddress, sha256 } from '../email-address.ts';
import { addressOrId, type CampaignPlatform, type Contact } from '../platform.ts';

/** Addresses are hashed; other ids are given as they are, because Meta compares them with what it was given before. */
export const meta: CampaignPlatform = {
  name: 'meta',
  title: 'Meta, Custom Audience from a customer list',
  columns: [
    {
      name: 'email',
      meaning: 'SHA-256 of the address in small letters; empty where the customer id is no address',
      isText: true,
      value: ({ email }) => (email === undefined ? null : sha256(metaAddress(email))),
    },
    {
      name: 'extern_id',
      meaning:
        'the customer id where it is no address: found only if Meta has been given the person under this id before',
      isKey: true,
      isText: true,
      value: ({ email, customerId }) => (email === undefined ? customerId : null),
    },
    {
      name: 'value',
      meaning: 'the value so far, for value-based lookalikes; empty when it is negative',
      isText: false,
      value: customerValue,
    },
  ],
  identityOf: addressOrId,
  nextStep:
    'upload each file as a customer list and match email, extern_id and value with the columns of the same names',
  withoutIds: 'load the orders with the e-mail address as customer id, for example with --map customer="Email"',
  source: 'https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences',
};

function customerValue({ historicValue }: Contact) {
  return String(historicValue).startsWith('-') ? null : historicValue;
}
