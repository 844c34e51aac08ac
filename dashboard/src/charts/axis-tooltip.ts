/** A tooltip for all that stands at one place of an axis, as lines of plain text. */
export function axisTooltip(lines: (index: number) => readonly (string | undefined)[]) {
  return {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    formatter: (points: readonly { readonly dataIndex: number }[]) =>
      lines(points[0]?.dataIndex ?? 0)
        .filter((line) => line !== undefined)
        .join('\n'),
  };
}
