/** Purchases of the whole shop in typed arrays that grow: a million customers fit into a few tens of megabytes. */
export class PurchaseLog {
  count = 0;
  #days = new Int32Array(1024);
  #customers = new Uint32Array(1024);
  #cents = new Float64Array(1024);

  add(day: number, customer: number, cents: number): void {
    if (this.count === this.#days.length) this.#grow();
    this.#days[this.count] = day;
    this.#customers[this.count] = customer;
    this.#cents[this.count] = cents;
    this.count++;
  }

  /** The purchases by day; within a day in the order in which they were added. */
  *byDay(dayCount: number): Generator<{ day: number; customer: number; cents: number }> {
    const next = new Uint32Array(dayCount + 1);
    for (let index = 0; index < this.count; index++) {
      const slot = (this.#days[index] ?? 0) + 1;
      next[slot] = (next[slot] ?? 0) + 1;
    }
    for (let day = 1; day <= dayCount; day++) next[day] = (next[day] ?? 0) + (next[day - 1] ?? 0);
    const sorted = new Uint32Array(this.count);
    for (let index = 0; index < this.count; index++) {
      const day = this.#days[index] ?? 0;
      const position = next[day] ?? 0;
      sorted[position] = index;
      next[day] = position + 1;
    }
    for (const index of sorted) {
      yield { day: this.#days[index] ?? 0, customer: this.#customers[index] ?? 0, cents: this.#cents[index] ?? 0 };
    }
  }

  #grow(): void {
    const capacity = this.#days.length * 2;
    const days = new Int32Array(capacity);
    days.set(this.#days);
    this.#days = days;
    const customers = new Uint32Array(capacity);
    customers.set(this.#customers);
    this.#customers = customers;
    const cents = new Float64Array(capacity);
    cents.set(this.#cents);
    this.#cents = cents;
  }
}
