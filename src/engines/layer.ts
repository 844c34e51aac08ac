/** The three floors of the house, in the order in which data passes them. */
export const LAYERS = ['staging', 'warehouse', 'business'] as const;

export type Layer = (typeof LAYERS)[number];

/** True when `text` names a layer. */
export function isLayer(text: string): text is Layer {
  return LAYERS.some((layer) => layer === text);
}
