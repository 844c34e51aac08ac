import type { Effects } from '../effects.ts';
import type { Layer } from '../engines/layer.ts';
import type { RunListener } from './events.ts';
import type { Step } from './plan.ts';

/** The layer that a step belongs to, if to one. */
export function layerOf(step: Step): Layer | undefined {
  switch (step.kind) {
    case 'load':
    case 'keep':
      return 'staging';
    case 'build':
      return step.model.layer;
    case 'check':
      return step.layer;
    default:
      return undefined;
  }
}

/** Measures layers from their first step's start to their last step's end: models of a layer may overlap. */
export class LayerTimer {
  readonly #monotonicMs: Effects['monotonicMs'];
  readonly #spans = new Map<Layer, { start: number; end: number }>();

  constructor({ monotonicMs }: Pick<Effects, 'monotonicMs'>) {
    this.#monotonicMs = monotonicMs;
  }

  readonly listener: RunListener = (event) => {
    if (event.type !== 'step-started' && event.type !== 'step-finished') return;
    const layer = layerOf(event.step);
    if (layer === undefined) return;
    const now = this.#monotonicMs();
    const span = this.#spans.get(layer);
    if (span === undefined) this.#spans.set(layer, { start: now, end: now });
    else span.end = now;
  };

  /** 0 for a layer without steps. */
  seconds(layer: Layer): number {
    const span = this.#spans.get(layer);
    return span === undefined ? 0 : (span.end - span.start) / 1000;
  }
}
