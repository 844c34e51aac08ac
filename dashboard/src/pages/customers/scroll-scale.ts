/** Browsers make no element higher than so: Firefox cuts at 17.8 million pixels, Chrome and Safari at 33.5 million. */
const MOST_PIXELS = 15_000_000;

/**
 * Lets a list scroll that is higher than an element can be. Small steps (wheel, keys, fingers) move the list by as many
 * pixels as the browser scrolls; a leap (the scroll bar) leads to the same share of the list. As small steps bring the
 * two apart, `settled` puts the scroll bar right whenever scrolling has come to rest.
 */
export class ScrollScale {
  readonly #most: number;
  #total = 0;
  #viewport = 0;
  #scrollTop = 0;
  #position = 0;

  constructor(most = MOST_PIXELS) {
    this.#most = most;
  }

  /** @param total height of the whole list @param viewport height of what is seen of it */
  resize(total: number, viewport: number): void {
    this.#total = total;
    this.#viewport = viewport;
    if (!this.#isScaled) this.#position = this.#scrollTop;
    this.#position = Math.min(this.#position, this.#farthest);
  }

  /** Height of the element. */
  get height(): number {
    return Math.min(this.#total, this.#most);
  }

  /** How far below its place in the list a row is drawn in the element. */
  get shift(): number {
    return this.#isScaled ? Math.round(this.#scrollTop - this.#position) : 0;
  }

  /** The browser has scrolled the element. Gives back where in the list that is. */
  moved(scrollTop: number): number {
    const step = scrollTop - this.#scrollTop;
    this.#scrollTop = scrollTop;
    if (!this.#isScaled) this.#position = scrollTop;
    else if (Math.abs(step) <= this.#viewport) this.#position = this.#within(this.#position + step);
    else this.#position = this.#within(scrollTop * this.#ratio);
    return this.#position;
  }

  /** Where the element must be scrolled to so that this place of the list is seen. */
  goTo(position: number): number {
    this.#position = this.#within(position);
    this.#scrollTop = this.#isScaled ? Math.round(this.#position / this.#ratio) : this.#position;
    return this.#scrollTop;
  }

  /** Where the element belongs, now that nothing moves; undefined where it is there already. */
  settled(): number | undefined {
    const before = this.#scrollTop;
    const after = this.goTo(this.#position);
    return this.#isScaled && after !== before ? after : undefined;
  }

  get #isScaled(): boolean {
    return this.#total > this.#most;
  }

  get #farthest(): number {
    return Math.max(0, this.#total - this.#viewport);
  }

  get #ratio(): number {
    return this.#farthest / Math.max(1, this.height - this.#viewport);
  }

  #within(position: number): number {
    return Math.max(0, Math.min(position, this.#farthest));
  }
}
