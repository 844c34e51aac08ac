type Rgb = readonly [number, number, number];

/** A colour between the ends of a ramp (`share` from 0 to 1), and the ink that can be read on it. */
export function shade(
  [from, to]: readonly [string, string],
  share: number,
): { readonly fill: string; readonly ink: string } {
  const [start, end] = [rgbOf(from), rgbOf(to)];
  const mixed = (index: 0 | 1 | 2) => Math.round(start[index] + (end[index] - start[index]) * share);
  const rgb: Rgb = [mixed(0), mixed(1), mixed(2)];
  // Where black and white have the same contrast (WCAG 2.2).
  return { fill: `rgb(${rgb.join(', ')})`, ink: luminance(rgb) > 0.179 ? '#000000' : '#ffffff' };
}

function rgbOf(hex: string): Rgb {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function luminance(rgb: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = rgb;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
