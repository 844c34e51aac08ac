/** Colours that people with any kind of colour blindness tell apart (Okabe and Ito 2008), and what charts are drawn with. */
export interface Palette {
  /** Series, in this order. */
  readonly series: readonly string[];
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly background: string;
  /** From little to much, for one hue. */
  readonly ramp: readonly [string, string];
  /** The same as the ground of numbers, which are easy to read on all of it. */
  readonly heat: readonly [string, string];
  readonly good: string;
  readonly bad: string;
}

export const LIGHT: Palette = {
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a6a00', '#5c5c5c'],
  text: '#1c2430',
  faint: '#566273',
  line: '#ccd5e0',
  background: '#ffffff',
  ramp: ['#eaf3fa', '#00507f'],
  heat: ['#f1f7fc', '#4a9bd1'],
  good: '#00684c',
  bad: '#a84700',
};

export const DARK: Palette = {
  series: ['#56b4e9', '#f08a3c', '#2fc296', '#e39cc4', '#f0b62e', '#9bd4f5', '#d9cf4a', '#b8bec6'],
  text: '#e8edf4',
  faint: '#a9b5c4',
  line: '#3d4754',
  background: '#242424',
  ramp: ['#1d3140', '#8fd0f7'],
  heat: ['#26303a', '#2670a8'],
  good: '#4fd6ab',
  bad: '#ff9f5a',
};
