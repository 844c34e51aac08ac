import { z } from 'zod';
import { paperAgainstOurs } from '../../analytics/published/paper-against-ours.ts';
import { customers, date, flag, real, text, whole } from '../column-spec.ts';
import { historyQuery, tableQuery } from '../query-definition.ts';

const leakAudit = tableQuery({
  name: 'predictions/leak-audit',
  summary: 'Proof that predictions of past days knew nothing of what came later. One row per feature.',
  params: z.strictObject({}),
  columns: {
    feature: text('leak_audit'),
    cut_date: date('leak_audit'),
    customers: customers('leak_audit'),
    changed_customers: customers('leak_audit'),
  },
  sql: () => `
    select feature, cut_date, customers, changed_customers
    from business.leak_audit
    order by feature`,
});

const publishedFigures = historyQuery({
  name: 'predictions/published-figures',
  summary: 'What others have published about the models, beside what this program computes. One row per figure.',
  params: z.strictObject({}),
  columns: {
    position: whole('place in the list, from 1'),
    item: text('what was published'),
    source: text('who published it, and where'),
    paper: real('the figure as printed'),
    decimals: whole('digits printed behind the point; below 0 where it is rounded to tens, hundreds and so on'),
    ours: real('what this program computes'),
    difference: real('ours less the printed figure'),
    tolerance: real(
      'how far apart the two may be: half a unit of the last printed digit, or more where that is explained',
    ),
    agreement: text('digits: the same as printed; allowed: nearly, as explained; different: not'),
    why: text('why the two may differ beyond the printed digits; null where they may not'),
    is_recorded: flag(
      'whether ours was computed earlier from the log of CDNOW, which is not part of the program; verify --cdnow repeats it',
    ),
  },
  read: () =>
    paperAgainstOurs().map((figure, index) => ({
      position: index + 1,
      item: figure.item,
      source: figure.source,
      paper: figure.paper,
      decimals: figure.decimals,
      ours: figure.ours,
      difference: figure.difference,
      tolerance: figure.tolerance,
      agreement: figure.agreement,
      why: figure.why ?? null,
      is_recorded: figure.isRecorded,
    })),
});

export const trustQueries = [leakAudit, publishedFigures] as const;
