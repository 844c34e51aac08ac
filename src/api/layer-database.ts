import type { QueryOptions, Reader } from '../engines/engine.ts';
import type { Layer } from '../engines/layer.ts';
import { type RowObject, toObjects } from '../engines/result-set.ts';
import type { Pipeline } from './pipeline.ts';

/** One published layer, read-only. Opened when first asked, kept until `close`. */
export class LayerDatabase {
  readonly #layer: Layer;
  readonly #open: () => Promise<Pipeline>;
  #reader: Promise<Reader> | undefined;

  constructor(layer: Layer, open: () => Promise<Pipeline>) {
    this.#layer = layer;
    this.#open = open;
  }

  /**
   * Rows by column name. Tables of the layer need no prefix; the other layers are there as `staging.*` and so on.
   * Decimals and integers beyond 2^53 come as text.
   */
  async query(sql: string, options?: QueryOptions): Promise<RowObject[]> {
    return toObjects(await (await this.reader()).query(sql, options));
  }

  /** Names of the layer's tables. */
  async tables(): Promise<string[]> {
    const pipeline = await this.#open();
    const published = await pipeline.engine.published();
    return Object.keys(published?.rowCounts ?? {})
      .filter((name) => name.startsWith(`${this.#layer}.`))
      .map((name) => name.slice(this.#layer.length + 1))
      .sort();
  }

  async close(): Promise<void> {
    const reader = await this.#reader;
    this.#reader = undefined;
    await reader?.close();
  }

  private reader(): Promise<Reader> {
    this.#reader ??= this.#open().then((pipeline) => pipeline.openReader(this.#layer));
    return this.#reader;
  }
}
