interface Band {
  /** As the legend calls it. */
  readonly name: string;
  readonly color: string;
  /** Ends of the interval at each place of the axis; null where there is none. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Two series that together fill an interval: an unseen line along its lower end, and an area from there to the upper one. */
export function intervalBand({ name, color, low, high }: Band) {
  const line = {
    type: 'line',
    stack: `band of ${name}`,
    stackStrategy: 'all',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    silent: true,
  };
  const width = high.map((end, index) => (end === null ? null : end - (low[index] ?? 0)));
  return [
    { ...line, name: `lower end of ${name}`, data: low },
    { ...line, name, itemStyle: { color }, areaStyle: { color, opacity: 0.22 }, data: width },
  ];
}

/** The legend's entry of such an area. */
export function bandKey(name: string) {
  return { name, icon: 'rect', itemStyle: { opacity: 0.35 } };
}
