import { Text } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useFormat } from '../../format/use-format.ts';

/** Why some customers of each list are left alone, in one sentence. */
export function ControlGroup({ lists }: { readonly lists: readonly QueryRow<'campaigns/power'>[] }) {
  const format = useFormat();
  const sum = (name: 'targets' | 'controls') => lists.reduce((total, list) => total + (list[name] ?? 0), 0);
  const controls = sum('controls');
  const all = controls + sum('targets');
  return (
    <Text size="sm" mb="md" maw={760} data-control-group={controls}>
      {controls === 0
        ? 'Nobody is left alone as a control group, so what a campaign brings cannot be known: set controlShare above 0.'
        : `The control group, ${format.number(controls)} of these ${format.number(all)} customers (${format.percent((100 * controls) / all)}), is drawn by lot and must not be contacted by any means: only what they order shows what would have come without the campaign.`}
    </Text>
  );
}
