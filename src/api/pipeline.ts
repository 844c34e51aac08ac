import { join, resolve } from 'node:path';
import { type ConfigSources, type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { Config, ConfigSpec } from '../config/schema.ts';
import { didYouMean } from '../did-you-mean.ts';
import { type Effects, systemEffects } from '../effects.ts';
import type { Engine, Reader, SnapshotManifest } from '../engines/engine.ts';
import { findSourceTables } from '../engines/find-source-tables.ts';
import type { Layer } from '../engines/layer.ts';
import { openEngine } from '../engines/open-engine.ts';
import { QueryError } from '../engines/query-error.ts';
import type { SourceTable } from '../engines/source-table.ts';
import { InputError, RunError, UsageError } from '../errors.ts';
import type { CampaignExportOptions, CampaignExportResult } from '../export/campaigns/campaign-export-types.ts';
import type { ExportOptions, ExportResult } from '../export/export-types.ts';
import type { SourceProfile } from '../ingest/profile-source.ts';
import { resolveSources } from '../ingest/resolve-sources.ts';
import type { MetadataReader } from '../metadata/reader.ts';
import { openMetadataReadOnly } from '../metadata/store.ts';
import { compileModel } from '../project/compile.ts';
import { loadProject, type Project } from '../project/load-project.ts';
import type { Model } from '../project/model.ts';
import { type Relations, relationsOf } from '../project/relations.ts';
import { modelVariables } from '../project/variables.ts';
import type { CheckResult } from '../quality/check-result.ts';
import { runChecks } from '../quality/run-checks.ts';
import type { MadeReport, ReportOptions, WriteReportOptions, WrittenReport } from '../report/report-types.ts';
import type { PlannedChanges } from '../run/changes.ts';
import type { RunListener } from '../run/events.ts';
import { summarizePublished } from '../run/make-summary.ts';
import { openPublished, type PublishedReader } from '../run/open-published.ts';
import type { Plan } from '../run/plan.ts';
import { planRun } from '../run/plan-run.ts';
import { rollback } from '../run/rollback.ts';
import { type RunContext, type RunRequest, runPipeline } from '../run/run-pipeline.ts';
import type { RunSummary } from '../run/summary.ts';
import type { RunningServer, ServeOptions } from '../server/start-server.ts';
import { programVersion } from '../version.ts';
import { Campaigns } from './campaigns/campaigns.ts';
import type { DoctorReport } from './doctor/doctor.ts';
import type { CustomerExplanation } from './explain/customer-explanation.ts';
import { builtinModelsDir, bundledSample } from './folders.ts';
import { publishedPlace } from './published-place.ts';
import type { SalesForecast } from './sales-forecast.ts';
import type { SegmentReport } from './segments/segment-report.ts';

export interface PipelineOptions {
  /** Settings over environment, config file and defaults. */
  readonly settings?: ConfigSpec;
  /** Config file; without it `pipeline.config.*` in the working folder, if there is one. */
  readonly configFile?: string;
  /** Clock, randomness, environment and working folder; the real ones by default. */
  readonly effects?: Effects;
}

export interface RunOptions {
  /**
   * Tables and views of the database that the setting `connection` names, loaded behind the files: `shop.orders`. Whichever
   * engine computes; nothing is written there.
   */
  readonly sourceTables?: readonly string[];
  /** Keep what was loaded before and add the files to it. Default false: the files replace it. */
  readonly append?: boolean;
  /** Layers to take over as published instead of building them: staging, or staging and warehouse. */
  readonly skipLayers?: readonly Layer[];
  /** Aborting cancels the run; published data stays as it was. */
  readonly signal?: AbortSignal;
  /** Told everything that happens. */
  readonly listener?: RunListener;
  /** What the run is called in the history. Default `run`. */
  readonly command?: string;
}

/** One data folder with its settings: everything the command line does, as methods. */
export class Pipeline {
  readonly config: Config;
  /** The settings with where each came from. */
  readonly loadedConfig: LoadedConfig;
  readonly engine: Engine;
  readonly effects: Effects;
  /** Campaign lists, plans, launches and their history. */
  readonly campaigns: Campaigns;

  private constructor(loaded: LoadedConfig, effects: Effects) {
    this.loadedConfig = loaded;
    this.config = loaded.config;
    this.effects = effects;
    this.engine = openEngine(loaded.config, effects.env);
    this.campaigns = new Campaigns({
      config: this.config,
      engine: this.engine,
      effects,
      openPublished: () => this.#openPublished(),
      openHistory: () => this.openHistory(),
    });
  }

  /** Reads and checks the settings; opens and writes nothing. @throws UsageError for settings that are wrong. */
  static async open({ settings, configFile, effects = systemEffects() }: PipelineOptions = {}): Promise<Pipeline> {
    const sources: ConfigSources = { file: configFile, flags: settings, env: effects.env, cwd: effects.cwd };
    return new Pipeline(await loadConfig(sources), effects);
  }

  /**
   * Runs the pipeline over files, globs and tables of a database; without any, over the bundled sample.
   * @throws PipelineError of a kind that says what is wrong; published data is untouched then.
   */
  async run(files: readonly string[] = [], options: RunOptions = {}): Promise<RunSummary> {
    return runPipeline(await this.#request(files, options), this.#context(options));
  }

  /** What a run would do, step by step. */
  async plan(files: readonly string[] = [], options: RunOptions = {}): Promise<Plan> {
    return planRun(await this.#request(files, options), this.#context(options));
  }

  /**
   * Who would change segment if the run were published, and why. Files as for `run`; without any, the published records
   * are taken again. Nothing is published or recorded. @throws InputError before the first run.
   */
  async planChanges(files: readonly string[] = [], options: RunOptions = {}): Promise<PlannedChanges> {
    const { planChanges } = await import('../run/plan-changes.ts');
    const keepsData = files.length === 0 && (options.sourceTables ?? []).length === 0;
    const skipLayers: readonly Layer[] = keepsData ? ['staging'] : [];
    const request = await this.#request(files, { ...options, skipLayers });
    return planChanges(request, this.#context(options), publishedPlace(this.config));
  }

  /**
   * The segments of the published data: what they are like, the last month's moves, and the moves since the run before.
   * @throws InputError before the first run.
   */
  async segments(): Promise<SegmentReport> {
    const { readSegments } = await import('./segments/read-segments.ts');
    const published = await this.#openPublished();
    const history = this.openHistory();
    try {
      return await readSegments(published, history);
    } finally {
      history?.close();
      await published.reader.close();
    }
  }

  /** The figures of the published data; undefined before the first run. */
  async report(): Promise<RunSummary | undefined> {
    const history = this.openHistory();
    try {
      return await summarizePublished(this.engine, history);
    } finally {
      history?.close();
    }
  }

  /**
   * The published data as a report for people (`html`, `pdf`) or programs (`md`, `json`), all of one snapshot. Nothing is
   * written. @throws InputError before the first run and where no browser prints a PDF; RunError where the web app is not built.
   */
  async makeReport(options: ReportOptions): Promise<MadeReport> {
    const { makePipelineReport } = await import('./report-pipeline.ts');
    return makePipelineReport(this, options);
  }

  /**
   * Makes a report and writes it to a file that belongs to its user alone, whole or not at all.
   * @throws UsageError for a file that is there and is no report, RunError for one that cannot be written; see `makeReport`.
   */
  async writeReport(options: WriteReportOptions): Promise<WrittenReport> {
    const { writePipelineReport } = await import('./report-pipeline.ts');
    return writePipelineReport(this, options);
  }

  /**
   * Opens the published layers read-only, as `staging.*`, `warehouse.*`, `business.*`. The reader keeps its snapshot when
   * a new one is published; close it when done.
   * @throws InputError before the first run.
   */
  async openReader(defaultLayer?: Layer): Promise<Reader> {
    const { reader } = await this.#openPublished(defaultLayer);
    return reader;
  }

  /** The run history; undefined before the first run. Close it when done. */
  openHistory(): MetadataReader | undefined {
    return openMetadataReadOnly(join(this.config.dataDir, 'metadata.db'));
  }

  /** All models, built-in and the user's own, in the order in which they are built. */
  loadProject(): Promise<Project> {
    const { modelsDir, engine } = this.config;
    return loadProject({ builtinDir: builtinModelsDir(), userDir: modelsDir, engine });
  }

  /** The plain SQL of a model, with the as-of date of the published data where none is set. */
  async compile(name: string): Promise<string> {
    const project = await this.loadProject();
    const model = project.models.get(name);
    if (model === undefined) {
      throw new UsageError(`there is no model "${name}"${didYouMean(name, project.models.keys())}`, {
        remedy: 'see all models with: marketing-pipeline compile --list',
      });
    }
    if (model.kind === 'code') {
      throw new UsageError(`${name} is a code model and has no SQL of its own`, { remedy: `read ${model.file}` });
    }
    // The SQL of a model can be read where no server is.
    const published = await this.engine.published().catch(() => undefined);
    const asOf = this.config.asOf ?? published?.asOf ?? null;
    const currency = published?.sources.find((source) => source.currency !== undefined)?.currency;
    const relations = relationsOf(project, (layer, relation) => `${layer}.${relation}`);
    return compileModel(model, {
      engine: this.config.engine,
      relation: relations.model,
      source: relations.source,
      vars: modelVariables(this.config, { asOf, currency }),
    });
  }

  /**
   * Reads files, and tables of a database, as a run would and says what is understood of them; loads nothing. Questions that would stop a run are part of the answer.
   * @throws InputError for a file that cannot be used as a whole.
   */
  async profile(
    files: readonly string[],
    { sourceTables = [], signal }: Pick<RunOptions, 'sourceTables' | 'signal'> = {},
  ): Promise<SourceProfile[]> {
    const { profileFiles } = await import('./profile-files.ts');
    const paths = await resolveSources(files, this.effects.cwd);
    const tables = await this.#findTables(sourceTables);
    const inputs = [...paths.map((path) => ({ path })), ...tables.map((table) => ({ table }))];
    return profileFiles(inputs, this.config, signal);
  }

  /** Runs all declared checks again, on the published data. */
  async check(): Promise<CheckResult[]> {
    const project = await this.loadProject();
    const { manifest, reader } = await this.#openPublished();
    try {
      const relations = relationsOf(project, (layer, relation) => `${layer}.${relation}`);
      const results: CheckResult[] = [];
      for (const model of project.models.values()) {
        if (manifest.rowCounts[`${model.layer}.${model.name}`] === undefined) continue;
        results.push(...(await checkPublished(model, reader, relations)));
      }
      return results;
    } finally {
      await reader.close();
    }
  }

  /**
   * Writes published tables as CSV, JSON lines, Parquet or SQLite files, all of one snapshot, all or none.
   * @throws UsageError for tables that are not published, InputError before the first run, RunError when the folder
   * cannot be written.
   */
  async export(options: ExportOptions = {}): Promise<ExportResult> {
    const { runExport } = await import('../export/run-export.ts');
    const { effects, config } = this;
    const { capabilities } = this.engine;
    const { models } = await this.loadProject();
    const outDir = resolve(effects.cwd, options.outDir ?? join(config.dataDir, 'exports'));
    const { manifest, reader } = await this.#openPublished();
    try {
      return await runExport(options, {
        reader,
        capabilities,
        manifest,
        models,
        dataDir: config.dataDir,
        outDir,
        effects,
      });
    } finally {
      await reader.close();
    }
  }

  /**
   * Writes the published lists of campaigns as a platform for mails or advertisements imports them, a file for each campaign
   * and group, all or none. Lists of targets hold nobody of a control group.
   * @throws UsageError for an unknown platform or campaign, and when the platform can find none of the customers;
   * InputError before the first run and when nobody fits a campaign; RunError when the folder cannot be written.
   */
  async exportCampaigns(options: CampaignExportOptions): Promise<CampaignExportResult> {
    const { runCampaignExport } = await import('../export/campaigns/run-campaign-export.ts');
    const { campaignPlatform } = await import('../export/campaigns/platforms.ts');
    const { effects, config } = this;
    const folder = `campaigns-${campaignPlatform(options.platform).name}`;
    const outDir = resolve(effects.cwd, options.outDir ?? join(config.dataDir, 'exports', folder));
    const { manifest, reader } = await this.#openPublished();
    try {
      return await runCampaignExport(options, { reader, manifest, dataDir: config.dataDir, outDir, effects });
    } finally {
      await reader.close();
    }
  }

  /**
   * All that the published tables know and foresee of one customer, with the reasons. The id is text, as it stands in the
   * data. @throws UsageError for an id that nobody has, InputError before the first run.
   */
  async explain(customerId: string): Promise<CustomerExplanation> {
    const { explainCustomer } = await import('./explain/explain-customer.ts');
    const published = await this.#openPublished();
    try {
      return await explainCustomer(published, customerId);
    } finally {
      await published.reader.close();
    }
  }

  /**
   * Orders and revenue of the next months, from the published tables, with what their backtest says of them.
   * @throws InputError before the first run.
   */
  async forecast(): Promise<SalesForecast> {
    const { readSalesForecast } = await import('./sales-forecast.ts');
    const published = await this.#openPublished();
    try {
      return await readSalesForecast(published);
    } finally {
      await published.reader.close();
    }
  }

  /** Looks for damage in the data folder: files, links, run history, campaign ledger. Changes nothing; damage is no error. */
  async examine(): Promise<DoctorReport> {
    const { examine } = await import('./doctor/doctor.ts');
    return examine(this.config, this.engine);
  }

  /**
   * Serves the published data over HTTP, to this machine unless asked otherwise, and follows new runs. Works before the
   * first run too. @throws UsageError for an address that others reach without names to allow, RunError when the port is taken.
   */
  async serve(options: ServeOptions = {}): Promise<RunningServer> {
    const { servePipeline } = await import('./serve-pipeline.ts');
    return servePipeline(this, options);
  }

  /** Complete snapshots, newest first. */
  snapshots(): Promise<SnapshotManifest[]> {
    return this.engine.snapshots();
  }

  /** Publishes an earlier snapshot again: the one before the published one, or the one that is named. */
  rollback(snapshotId?: string): Promise<SnapshotManifest> {
    return rollback(this.#context({ command: 'rollback' }), snapshotId);
  }

  async #openPublished(defaultLayer?: Layer): Promise<PublishedReader> {
    const published = await openPublished(this.engine, { defaultLayer });
    if (published !== undefined) return published;
    throw new InputError(`nothing has been published in ${publishedPlace(this.config)} yet`, {
      remedy: 'run the pipeline first: marketing-pipeline run FILE',
    });
  }

  async #request(
    files: readonly string[],
    { sourceTables = [], append = false, skipLayers = [] }: RunOptions,
  ): Promise<RunRequest> {
    if (skipLayers.includes('staging')) return { files: [], tables: [], append, skipLayers };
    const named = files.length === 0 && sourceTables.length === 0 ? [bundledSample()] : files;
    const resolved = await resolveSources(named, this.effects.cwd);
    return { files: resolved, tables: await this.#findTables(sourceTables), append, skipLayers };
  }

  async #findTables(names: readonly string[]): Promise<SourceTable[]> {
    return names.length === 0 ? [] : findSourceTables(names, this.config, this.effects.env);
  }

  #context({ signal, listener, command = 'run' }: RunOptions): RunContext {
    return {
      config: this.config,
      engine: this.engine,
      effects: this.effects,
      version: programVersion(),
      command,
      loadProject: () => this.loadProject(),
      ...(listener === undefined ? {} : { listener }),
      ...(signal === undefined ? {} : { signal }),
    };
  }
}

/** The published table may have been built by another version of its model. */
async function checkPublished(model: Model, reader: Reader, relations: Relations): Promise<CheckResult[]> {
  try {
    return await runChecks(model, reader, { relationOf: relations.model });
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new RunError(`the checks of ${model.name} do not fit the published table: ${error.message}`, {
      cause: error,
      remedy: 'the model has changed since: run the pipeline again',
    });
  }
}
