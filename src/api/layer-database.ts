import type { QueryOptions, Reader } from '../engines/engine.ts';
import { type RowObject, toObjects } from '../engines/result-set.ts';

/** One published layer, read-only. Opened when first asked, kept until `close`. */
export class LayerDatabase {
  readonly #open: () => Promise<Reader>;
  #reader: Promise<Reader> | undefined;

  constructor(open: () => Promise<Reader>) {
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
    const rows = await this.query(
      'select table_name from information_schema.tables where table_catalog = current_database() order by 1',
    );
    return rows.map((row) => String(row.table_name));
  }

  async close(): Promise<void> {
    const reader = await this.#reader;
    this.#reader = undefined;
    await reader?.close();
  }

  private reader(): Promise<Reader> {
    this.#reader ??= this.#open();
    return this.#reader;
  }
}
