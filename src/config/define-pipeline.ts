import type { ConfigSpec } from './schema.ts';

/** Gives a config file its types in an editor; returns the spec as it is. The checks come when it is loaded. */
export function definePipeline(spec: ConfigSpec): ConfigSpec {
  return spec;
}
