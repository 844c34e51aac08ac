/** Resources that DuckDB may use. */
export interface DuckDbSettings {
  /** null: one thread per core. */
  readonly threads: number | null;
  /** For example `2GB`; null: DuckDB's default, 80 % of the memory. */
  readonly memoryLimit: string | null;
  /** Folder for what does not fit into memory; null: `tmp` in the data folder. */
  readonly tempDir: string | null;
  /** Largest size of what lies in that folder, as `4GB`; left out: DuckDB's default, 90 % of the free space. */
  readonly tempSize?: string;
}

/** Options of an instance. Nothing is ever downloaded: extensions are neither installed nor loaded by themselves. */
export function instanceOptions(
  { threads, memoryLimit, tempSize }: DuckDbSettings,
  tempDir: string,
): Record<string, string> {
  return {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'true',
    temp_directory: tempDir,
    ...(threads === null ? {} : { threads: String(threads) }),
    ...(memoryLimit === null ? {} : { memory_limit: memoryLimit }),
    ...(tempSize === undefined ? {} : { max_temp_directory_size: tempSize }),
  };
}
