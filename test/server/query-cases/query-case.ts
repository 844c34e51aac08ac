/** What is asked, and the SQL that somebody would type to find out the same; without SQL the answer has tests of its own. */
export interface QueryCase {
  readonly query?: string;
  readonly sql?: string;
}
