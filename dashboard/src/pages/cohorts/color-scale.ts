/** Colours of a cell: its ground and the text on it. */
export interface CellColors {
  readonly ground: string;
  readonly text: string;
}

/** From the least to the most of what the colours tell apart. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * The scale of some values. Ends above the 98th percentile share the darkest colour, so that one small cohort does not
 * make all others look alike.
 */
export function scaleOf(values: readonly number[], isFromZero: boolean): Scale {
  const sorted = values.toSorted((a, b) => a - b);
  const high = sorted[Math.max(0, Math.ceil(0.98 * sorted.length) - 1)] ?? 0;
  return { low: isFromZero ? 0 : (sorted[0] ?? 0), high };
}

/** The colour of a value, and black or white text, whichever is easier to read on it: 4.5 to 1 at least. */
export function cellColors(value: number, { low, high }: Scale, [from, to]: readonly [string, string]): CellColors {
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
  const [a, b] = [channelsOf(from), channelsOf(to)];
  const mixed = a.map((channel, index) => Math.round(channel + ((b[index] ?? 0) - channel) * share));
  const light = luminanceOf(mixed);
  return {
    ground: `rgb(${mixed.join(', ')})`,
    text: 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? '#fff' : '#000',
  };
}

/** @param color #rrggbb */
function channelsOf(color: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminanceOf(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
