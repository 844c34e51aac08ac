/** A document that is read on paper, too, says so: its charts are drawn at once and sharp. */
const isDocument = () => document.documentElement.hasAttribute('data-document');

/** Whether charts may grow into their place. */
export function isAnimated(): boolean {
  return !isDocument() && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Points of a chart for each pixel of CSS. */
export function pixelRatio(): number {
  return Math.max(isDocument() ? 2 : 1, window.devicePixelRatio);
}
