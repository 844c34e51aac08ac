import { CancelledError } from '../errors.ts';
import { Problem } from './problem.ts';

export interface TurnstileOptions {
  /** Statements at the same time; more wait. */
  readonly width: number;
  /** Statements that may wait; more are turned away. */
  readonly queue: number;
  /** Longest time of one statement, in milliseconds. */
  readonly milliseconds: number;
}

/** Lets so many statements through at once, each for a limited time. */
export class Turnstile {
  readonly #options: TurnstileOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: TurnstileOptions) {
    this.#options = options;
  }

  /** Longest time of one statement. */
  get milliseconds(): number {
    return this.#options.milliseconds;
  }

  /**
   * Runs the action with a signal that is aborted when its time is over or its client is gone.
   * @throws Problem when it takes too long, or too many are waiting.
   */
  async pass<T>(gone: AbortSignal, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const leave = await this.enter();
    const timeout = AbortSignal.timeout(this.#options.milliseconds);
    try {
      return await action(AbortSignal.any([gone, timeout]));
    } catch (error) {
      if (error instanceof CancelledError && timeout.aborted && !gone.aborted) throw this.#tooSlow();
      throw error;
    } finally {
      leave();
    }
  }

  /** Waits for a place; returns the function that gives it back. @throws Problem when too many are waiting. */
  async enter(): Promise<() => void> {
    if (this.#running >= this.#options.width) {
      if (this.#waiting.length >= this.#options.queue) {
        throw new Problem(503, 'busy', 'too many questions at once', { headers: { 'Retry-After': '1' } });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const next = this.#waiting.shift();
      // The place goes to the next one as it is.
      if (next === undefined) this.#running -= 1;
      else next();
    };
  }

  #tooSlow(): Problem {
    const seconds = this.#options.milliseconds / 1_000;
    return new Problem(503, 'too-slow', `the answer took longer than ${seconds} seconds and was given up`, {
      remedy: 'ask for less: a narrower filter, a smaller page',
    });
  }
}
