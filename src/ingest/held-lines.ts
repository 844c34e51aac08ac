/** More lines than these below the last order are no footer any more. */
const mostHeld = 50;

interface Held {
  readonly mayBeFooter: boolean;
  readonly write: (isFooter: boolean) => void;
}

/** Lines that are no orders, held back until it is sure whether an order follows: only below all orders is a footer one. */
export class HeldLines {
  #held: Held[] = [];

  /** Takes in one more line; it is written later, told whether it is a footer. */
  hold(mayBeFooter: boolean, write: (isFooter: boolean) => void): void {
    if (this.#held.length === mostHeld) this.release();
    this.#held.push({ mayBeFooter, write });
  }

  /** An order follows: none of the lines held is a footer. */
  release(): void {
    if (this.#held.length === 0) return;
    for (const { write } of this.#held) write(false);
    this.#held = [];
  }

  /** Nothing follows. Returns the number of footers. */
  finish(): number {
    for (const { write, mayBeFooter } of this.#held) write(mayBeFooter);
    const count = this.#held.filter(({ mayBeFooter }) => mayBeFooter).length;
    this.#held = [];
    return count;
  }
}
