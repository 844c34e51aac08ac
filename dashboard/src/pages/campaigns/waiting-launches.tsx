import { List, Paper, Text, Title } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './campaigns.module.css';

/** Launches in the ledger that no run has measured: those of the as-of date and later. */
export function WaitingLaunches({ launches }: { readonly launches: readonly QueryRow<'campaigns/launches'>[] }) {
  const format = useFormat();
  if (launches.length === 0) return null;
  return (
    <Paper withBorder p="md" mt="md" component="section" aria-label="Launched, not measured yet" data-waiting>
      <Title order={3} size="h5" mb="xs">
        Launched, not measured yet
      </Title>
      <List size="sm">
        {launches.map((launch) => (
          <List.Item key={launch.launch_id} className={classes.name} data-launch={launch.launch_id}>
            {launch.campaign_type}, launched on {format.day(launch.launched_on)}: {format.number(launch.targets)}{' '}
            targets and {format.number(launch.controls)} controls, orders count up to {format.day(launch.window_ends)}
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        Load the orders that follow with marketing-pipeline run orders.csv: the run reads them out.
      </Text>
    </Paper>
  );
}
