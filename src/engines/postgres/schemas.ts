import type { LayerLocation } from '../engine.ts';
import { LAYERS, type Layer } from '../layer.ts';
import { quotedIdentifier } from '../quote.ts';

/** What the comment on a schema of ours begins with: a schema without it belongs to somebody else. */
export const OWNER_MARK = 'marketing-analytics-pipeline:';

/** A layer of a snapshot and the schema that holds it. */
export interface LayerSchema {
  readonly layer: Layer;
  readonly snapshotId: string;
  /** Not quoted. */
  readonly schema: string;
}

/** How the schemas of one pipeline in a database are called. */
export class Schemas {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Holds the table of snapshots. */
  get control(): string {
    return `${this.#prefix}pipeline`;
  }

  /** The table of snapshots, quoted. */
  get snapshots(): string {
    return `${quotedIdentifier(this.control)}.snapshots`;
  }

  /** What readers read: the published layer. */
  published(layer: Layer): string {
    return `${this.#prefix}${layer}`;
  }

  /** Where the layer of a snapshot is before it is published, and after another one took its place. */
  side(layer: Layer, snapshotId: string): string {
    return `${this.#prefix}${layer}__${snapshotId}`;
  }

  location(layer: Layer, snapshotId: string): LayerLocation {
    return { snapshotId, location: `${layer}__${snapshotId}` };
  }

  comment(layer: Layer, snapshotId: string): string {
    return `${OWNER_MARK} ${layer} of snapshot ${snapshotId}`;
  }

  /** Where a layer of a snapshot is, given which snapshot built the layer that is published. */
  where(layer: Layer, snapshotId: string, published: { readonly snapshotId: string } | undefined): string {
    return published?.snapshotId === snapshotId ? this.published(layer) : this.side(layer, snapshotId);
  }

  /** Reads the name of a side schema. */
  parseSide(schema: string): LayerSchema | undefined {
    for (const layer of LAYERS) {
      const start = `${this.#prefix}${layer}__`;
      if (schema.startsWith(start)) return { layer, snapshotId: schema.slice(start.length), schema };
    }
    return undefined;
  }
}
