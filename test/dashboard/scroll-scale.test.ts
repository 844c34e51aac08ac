import { describe, expect, test } from 'vitest';
import { ScrollScale } from '../../dashboard/src/pages/customers/scroll-scale.ts';

const ROW = 38;
const VIEWPORT = 500;

function scaleOf(rows: number, most?: number): ScrollScale {
  const scale = new ScrollScale(most);
  scale.resize(rows * ROW, VIEWPORT);
  return scale;
}

describe('a list that is higher than an element can be', () => {
  test('a list that fits is scrolled as it is', () => {
    const scale = scaleOf(1_000);
    expect(scale.height).toBe(38_000);
    expect([0, 120, 37_000, 37_500].map((top) => scale.moved(top))).toEqual([0, 120, 37_000, 37_500]);
    expect(scale.shift).toBe(0);
    expect(scale.settled()).toBeUndefined();
  });

  test('its element is no higher than browsers allow, and the ends of both are the same', () => {
    const scale = scaleOf(3_000_000);
    expect(scale.height).toBeLessThan(17_000_000);
    expect(scale.moved(scale.height - VIEWPORT)).toBe(3_000_000 * ROW - VIEWPORT);
    expect(scale.moved(0)).toBe(0);
  });

  test('small steps move by the pixel, wherever they begin; rest puts the scroll bar right and moves nothing that is seen', () => {
    const scale = scaleOf(1_000_000);
    const start = scale.moved(4_000_000);
    expect(start).toBeCloseTo((4_000_000 * (1_000_000 * ROW - VIEWPORT)) / (scale.height - VIEWPORT), 0);
    for (let step = 1; step <= 30; step++) expect(scale.moved(4_000_000 + 100 * step)).toBeCloseTo(start + 100 * step);
    const drawnAt = start + 3_000 + scale.shift;
    expect(drawnAt).toBeCloseTo(4_003_000, 0);
    const right = scale.settled() ?? Number.NaN;
    expect(right).toBeLessThan(4_003_000);
    expect(scale.moved(right)).toBeCloseTo(start + 3_000);
    expect(start + 3_000 + scale.shift).toBeCloseTo(right, 0);
    expect(scale.settled()).toBeUndefined();
  });

  test('every row can be gone to', () => {
    const scale = scaleOf(1_000_000);
    for (const row of [0, 1, 394_736, 394_737, 999_000]) {
      const top = scale.goTo(row * ROW);
      expect(top).toBeLessThanOrEqual(scale.height - VIEWPORT);
      expect(scale.moved(top)).toBe(row * ROW);
    }
  });

  test('a list that becomes short is where its element is', () => {
    const scale = scaleOf(1_000_000);
    scale.goTo(20_000_000);
    scale.resize(400, VIEWPORT);
    expect(scale.height).toBe(400);
    expect(scale.moved(0)).toBe(0);
    expect(scale.shift).toBe(0);
  });
});
