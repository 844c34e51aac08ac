import type { QueryOptions, Reader } from '../../engines/engine.ts';
import type { LeftOutReason } from './campaign-export-types.ts';
import type { CampaignPlatform, Contact } from './platform.ts';
import { readLookAlikes } from './read-contacts.ts';

/** Tells which customers are one person to a platform: `A@shop.com` and `a@shop.com` get the same mail. */
export interface SamePerson {
  /** Why a customer must not stand on a list because of another one; undefined when nothing is against it. */
  objection(contact: Contact): LeftOutReason | undefined;
}

/**
 * Looks through all lists, whichever are exported, so that a part is the same as in the whole. A person in a control group
 * is no target under any id; otherwise the first id in the order of the lists stands. Memory grows with such ids only.
 */
export async function findSamePersons(
  reader: Reader,
  platform: CampaignPlatform,
  options: QueryOptions,
): Promise<SamePerson> {
  const controls = new Set<string>();
  const owners = new Map<string, string>();
  for await (const contacts of readLookAlikes(reader, options)) {
    for (const contact of contacts) {
      const identity = platform.identityOf(contact);
      if (identity === undefined) continue;
      if (contact.campaignGroup !== 'target') controls.add(identity);
      else if (!owners.has(identity)) owners.set(identity, contact.customerId);
    }
  }
  return {
    objection: (contact) => {
      const identity = platform.identityOf(contact);
      if (identity === undefined || contact.campaignGroup !== 'target') return undefined;
      if (controls.has(identity)) return 'in the control group';
      const owner = owners.get(identity) ?? contact.customerId;
      return owner === contact.customerId ? undefined : 'twice';
    },
  };
}
