import { Code } from '@mantine/core';
import { useNarrowed } from '../../api/use-narrowed.ts';
import { useQuestion } from '../../api/use-question.ts';
import { LocalChoice } from '../../components/local-choice.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useLocalChoice } from '../../components/use-local-choice.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './raw-text.module.css';

/** The settings with which the published tables were computed. */
export function SettingsSection() {
  const format = useFormat();
  const settings = useQuestion('data/settings', {});
  const [shown, setShown] = useLocalChoice('settings', ['all', 'changed']);
  const changed = useNarrowed(settings, { is_default: false }, settings.csv);
  return (
    <TableCard
      title="Settings"
      about="The settings with which the published tables were computed, and what they mean."
      question={shown === 'all' ? settings : changed}
      empty="There is nothing to show: either everything is as it comes, or this machine has no run history."
      maxHeight={720}
      controls={
        <LocalChoice
          label="Settings that are shown"
          options={[
            { value: 'all', label: 'All' },
            { value: 'changed', label: `Changed: ${format.number(changed.data?.rows.length)}` },
          ]}
          value={shown}
          onChange={setShown}
        />
      }
      columns={[
        { name: 'key', title: 'Setting', cell: ({ key }) => <Code>{key}</Code> },
        { name: 'value', title: 'Value', cell: ({ value }) => <bdi className={classes.raw}>{value}</bdi> },
        {
          name: 'is_default',
          title: 'Default',
          cell: ({ is_default }) => (is_default === true ? 'default' : '● changed'),
        },
        { name: 'meaning', title: 'What it means' },
      ]}
    />
  );
}
