import { Code, NativeSelect, Stack } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useNarrowed } from '../../api/use-narrowed.ts';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { Empty } from '../../components/states.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useAddressText } from '../../components/use-local-choice.ts';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { drawModelFits } from './draw-model-fits.ts';
import { BIC_ABOVE_BEST, type FittedModel, fittedModels } from './fitted-models.ts';
import { capital, MODELS, named, SUBJECTS, sentence } from './words.ts';

type Row = QueryRow<'predictions/models'>;

/** The models that were fitted, which were chosen and why, and what the data says of their parameters. */
export function ModelsSection() {
  const models = useQuestion('predictions/models', {});
  const found = new Set(models.data?.rows.map(({ subject }) => subject));
  return (
    <Stack gap="md">
      {models.data?.rows.length === 0 && <Empty>No model could be fitted; the grades say what is missing.</Empty>}
      {Object.keys(SUBJECTS)
        .filter((subject) => models.data === undefined || found.has(subject))
        .map((subject) => (
          <Subject key={subject} models={models} subject={subject} />
        ))}
    </Stack>
  );
}

interface SubjectProps {
  readonly models: Question<Row>;
  readonly subject: string;
}

function Subject({ models, subject }: SubjectProps) {
  const { source } = useSource();
  const [asked, choose] = useAddressText(subject);
  const parameters = useNarrowed(models, { subject }, source.csvAddress('predictions/models', { subject }));
  const fits = useFits(parameters);
  const found = fits.data?.rows ?? [];
  const chosen = found.find(({ is_chosen }) => is_chosen);
  const shown = found.find(({ model }) => model === asked) ?? chosen ?? found[0];
  const { title, about } = SUBJECTS[subject] ?? { title: subject, about: '' };
  const isCompared = found.filter(({ bic }) => bic !== null).length > 1;
  return (
    <Stack gap="md">
      {(isCompared || fits.data === undefined) && (
        <ChartCard
          title={title}
          about={`${about} BIC weighs the fit against the number of parameters; the choice is made by what a model foresaw on past days.`}
          question={fits}
          draw={drawModelFits}
          columns={MODEL_COLUMNS}
          height={64 + 30 * found.length}
        >
          <Reason chosen={chosen} />
        </ChartCard>
      )}
      <ParameterCard
        title={isCompared ? `${title}: parameters` : title}
        about={isCompared ? 'What a model says of the customers, as estimated, with standard errors.' : about}
        parameters={parameters}
        fits={found}
        shown={shown?.model ?? ''}
        onChoose={(model) => choose(model === chosen?.model ? '' : model)}
      >
        {!isCompared && <Reason chosen={chosen} />}
      </ParameterCard>
    </Stack>
  );
}

function Reason({ chosen }: { readonly chosen: FittedModel | undefined }) {
  if (chosen === undefined) return <>None is chosen.</>;
  return (
    <>
      <b>✓ {capital(named(MODELS, chosen.model))} is chosen.</b>{' '}
      {sentence(chosen.choice_reason ?? 'Nothing could be tested on past days')}
    </>
  );
}

const MODEL_COLUMNS: readonly ShownColumn<FittedModel>[] = [
  { name: 'model', title: 'Model', cell: ({ model }) => named(MODELS, model) },
  { name: 'is_chosen', title: 'Chosen', cell: ({ is_chosen }) => (is_chosen ? '✓ yes' : 'no') },
  { name: 'customers', title: 'Customers' },
  { name: 'log_likelihood', title: 'Log-likelihood' },
  { name: 'bic', title: 'BIC' },
  { name: 'bic_above_best', title: 'Above the best' },
  {
    name: 'limit_model',
    title: 'Has become',
    cell: ({ limit_model: limit }) => (limit === null ? '–' : named(MODELS, limit)),
  },
];

/** The models as a whole, as if they had been asked for. */
function useFits(parameters: Question<Row>): Question<FittedModel> {
  const { data, csv } = parameters;
  const fits = useMemo(
    () =>
      data === undefined
        ? undefined
        : { ...data, columns: [...data.columns, BIC_ABOVE_BEST], rows: fittedModels(data.rows) },
    [data],
  );
  return Object.assign({ ...parameters }, { data: fits, csv }) as Question<FittedModel>;
}

interface ParameterCardProps {
  readonly title: string;
  readonly about: string;
  readonly parameters: Question<Row>;
  readonly fits: readonly FittedModel[];
  readonly shown: string;
  readonly onChoose: (model: string) => void;
  readonly children: ReactNode;
}

function ParameterCard({ title, about, parameters, fits, shown, onChoose, children }: ParameterCardProps) {
  const format = useFormat();
  const ofModel = useNarrowed(parameters, { model: shown }, parameters.csv);
  const model = fits.find((fit) => fit.model === shown);
  return (
    <TableCard
      title={title}
      about={about}
      question={ofModel}
      maxHeight={640}
      controls={
        fits.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={`${title}: model`}
            data={fits.map((fit) => ({
              value: fit.model ?? '',
              label: `${named(MODELS, fit.model)}${fit.is_chosen ? ' (chosen)' : ''}`,
            }))}
            value={shown}
            onChange={(event) => onChoose(event.currentTarget.value)}
          />
        )
      }
      columns={[
        { name: 'parameter', title: 'Parameter', cell: ({ parameter }) => <Code>{parameter}</Code> },
        { name: 'parameter_meaning', title: 'What it says' },
        { name: 'value', title: 'Estimate', cell: (row) => format.precise(row.value) },
        { name: 'standard_error', title: 'Standard error', cell: (row) => errorText(row, format) },
        { name: 'parameter_unit', title: 'Unit', cell: (row) => unitOf(row.parameter_unit) },
      ]}
    >
      {children}
      {model !== undefined && model.customers !== null && (
        <div>Fitted to {format.number(model.customers)} customers.</div>
      )}
      {model?.diagnosis && <div>{sentence(model.diagnosis)}</div>}
    </TableCard>
  );
}

/** A parameter at the end of its search has no standard error. */
function errorText({ standard_error, at_bound }: Row, format: Format): string {
  return at_bound === null ? format.precise(standard_error) : `at its ${at_bound} bound`;
}

/** A shape has no unit. */
function unitOf(unit: string | null): string {
  return unit === null || unit === 'none' ? '–' : unit;
}
