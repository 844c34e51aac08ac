import * as z from 'zod';
import { DamagedError } from './damaged-error.ts';
import type { SnapshotManifest } from './engine.ts';

const layer = z.strictObject({ snapshotId: z.string(), location: z.string() });

const source = z.strictObject({
  loadId: z.int(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  recordCount: z.number(),
  blankCount: z.number(),
  batchNo: z.int().exactOptional(),
  columns: z.array(z.string()).exactOptional(),
  layout: z.string().exactOptional(),
  currency: z.string().exactOptional(),
});

const manifest = z.strictObject({
  format: z.literal(1),
  snapshotId: z.string(),
  sequence: z.int(),
  runId: z.string(),
  engine: z.enum(['duckdb', 'postgres']),
  version: z.string(),
  createdAt: z.string(),
  asOf: z.string(),
  layers: z.strictObject({ staging: layer, warehouse: layer, business: layer }),
  rowCounts: z.record(z.string(), z.number()),
  sources: z.array(source),
});

const pointer = z.object({ format: z.literal(1), snapshotId: z.string().regex(/^[\w.-]+$/) });

function parse<T>(schema: z.ZodType<T>, text: string, path: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DamagedError(`${path} is damaged or was written by a newer version`, {
      cause,
      remedy: [
        'go back to an earlier snapshot: marketing-pipeline rollback',
        'or run the pipeline again with the original files',
      ],
    });
  }
}

/** Reads a manifest; throws `DamagedError` naming the file when it is not one. */
export function parseManifest(text: string, path: string): SnapshotManifest {
  return parse(manifest, text, path);
}

/** Reads the pointer file: the id of the published snapshot. */
export function parsePointer(text: string, path: string): string {
  return parse(pointer, text, path).snapshotId;
}
