import { type ComparedGroups, smallestDetectableDifference } from './power.ts';

/** A relative effect that a campaign may plausibly have; a list that finds no smaller one teaches little. */
const PLAUSIBLE_LIFT = 0.2;
/** A relative effect that hardly any campaign has. */
const IMPLAUSIBLE_LIFT = 0.5;

/** What a list can teach, in one sentence. A base rate of null is one that nobody knows. */
export function powerVerdict({
  targets,
  controls,
  baseRate,
}: Omit<ComparedGroups, 'baseRate'> & { readonly baseRate: number | null }): string {
  if (controls === 0) return 'you cannot learn from this list: nobody is left alone to compare with';
  if (targets === 0) return 'you cannot learn from this list: nobody is to be addressed';
  if (baseRate === null) return 'nobody knows what you can learn from this list: there is no base rate';
  const difference = smallestDetectableDifference({ targets, controls, baseRate });
  if (difference === null)
    return `you cannot learn from this list: ${baseRate === 0 ? 'nobody' : 'everybody'} would order anyway`;
  if (baseRate + difference > 1) return 'you cannot learn from this list: not even an order of everybody would show';
  const lift = difference / baseRate;
  const beyond = `effects beyond +-${Math.round(100 * lift)} % would show`;
  if (lift > IMPLAUSIBLE_LIFT) return `you cannot learn from this list: only ${beyond}`;
  return lift > PLAUSIBLE_LIFT
    ? `you can learn of large effects only: ${beyond}`
    : `you can learn from this list: ${beyond}`;
}
