import classes from './raw-text.module.css';
import { named, STATUSES } from './words.ts';

/** How something ended, with its sign. */
export function Status({ of }: { readonly of: string | null }) {
  return <span className={classes.table}>{named(STATUSES, of)}</span>;
}
