import type { Config } from '../../config/schema.ts';
import type { Effects } from '../../effects.ts';
import type { Engine } from '../../engines/engine.ts';
import { UsageError } from '../../errors.ts';
import type { MetadataReader } from '../../metadata/reader.ts';
import { launchCampaigns } from '../../run/campaigns/launch-campaigns.ts';
import { type Launch, launchHistory } from '../../run/campaigns/launch-history.ts';
import { type ListSelection, selectionSql } from '../../run/campaigns/list-selection.ts';
import type { RunListener } from '../../run/events.ts';
import type { PublishedReader } from '../../run/open-published.ts';
import { budgetSelection } from './budget-selection.ts';
import type { CampaignBudget } from './campaign-budget.ts';
import type { CampaignLists } from './campaign-list.ts';
import type { CampaignPlan, PlanOptions } from './campaign-plan.ts';
import type { CampaignReadouts } from './campaign-readout.ts';
import { campaignTypes } from './campaign-types.ts';
import { marginFactor, runSettings } from './run-settings.ts';

/** What campaigns need of a pipeline. */
export interface CampaignsContext {
  readonly config: Config;
  readonly engine: Engine;
  readonly effects: Effects;
  /** @throws InputError before the first run. */
  openPublished(): Promise<PublishedReader>;
  openHistory(): MetadataReader | undefined;
}

export interface LaunchOptions extends Partial<CampaignBudget> {
  /** Campaigns to launch; all on the list by default. */
  readonly types?: readonly string[];
  /** Say what would be recorded, and record nothing. */
  readonly dryRun?: boolean;
  /** Told what is put in order after a killed run. */
  readonly listener?: RunListener;
}

/** One campaign of a launch. */
export interface LaunchedCampaign {
  readonly launchId: string;
  readonly campaignType: string;
  readonly targets: number;
  readonly controls: number;
  /** False: the same list had been launched before, and nothing was changed. */
  readonly isNew: boolean;
}

export interface LaunchResult {
  readonly snapshotId: string;
  readonly asOf: string;
  readonly dryRun: boolean;
  readonly campaigns: readonly LaunchedCampaign[];
}

/** The campaigns of one data folder: what is proposed, what a budget pays for, what was launched and what it brought. */
export class Campaigns {
  readonly #context: CampaignsContext;

  constructor(context: CampaignsContext) {
    this.#context = context;
  }

  /** The published lists by campaign, with what a measurement of each can teach. @throws InputError before the first run. */
  async list(): Promise<CampaignLists> {
    const { readLists } = await import('./campaign-list.ts');
    return this.#ask((published, history) => readLists(published, history));
  }

  /**
   * Whom to address within a budget, and what the campaign must bring to earn what it costs.
   * @throws UsageError for amounts or campaigns that are wrong, InputError before the first run.
   */
  async plan(options: PlanOptions): Promise<CampaignPlan> {
    const { planCampaigns } = await import('./campaign-plan.ts');
    return this.#ask((published, history) =>
      planCampaigns(published, options, { factor: this.#factor(published, history) }),
    );
  }

  /**
   * Records lists of the published snapshot in the ledger, all or none. From then on these customers rest, and later orders are
   * measured. Launching the same list again changes nothing.
   * @throws UsageError for amounts or campaigns that are wrong and for customers who still rest, RunError when a run is under way,
   * InputError before the first run.
   */
  async launch({
    types = [],
    budget,
    costPerContact,
    dryRun = false,
    listener,
  }: LaunchOptions = {}): Promise<LaunchResult> {
    const limit = budgetOf(budget, costPerContact);
    const cooldownDays = this.#context.config.campaignCooldownDays;
    const outcome = await launchCampaigns(
      {
        openPublished: () => this.#context.openPublished(),
        select: async (published) => {
          const chosen = await campaignTypes(published.reader, types);
          const { selection, ...made } = this.#made(chosen, limit, published);
          return { types: chosen, sql: selectionSql(selection), ...made };
        },
        cooldownDays,
        isDryRun: dryRun,
      },
      { ...this.#context, command: 'campaigns launch', ...(listener === undefined ? {} : { listener }) },
    );
    return {
      snapshotId: outcome.snapshotId,
      asOf: outcome.asOf,
      dryRun,
      campaigns: outcome.launches.map(({ launch: { launchId, campaignType, targets, controls }, isNew }) => ({
        launchId,
        campaignType,
        targets,
        controls,
        isNew,
      })),
    };
  }

  /**
   * What launched campaigns brought, each at the latest look that has been reached; without any before the first launch.
   * @throws InputError before the first run.
   */
  async measure(): Promise<CampaignReadouts> {
    const { measureCampaigns } = await import('./measure-campaigns.ts');
    return this.#ask((published) => measureCampaigns(published));
  }

  /** What was launched, newest first. */
  history(): Launch[] {
    const history = this.#context.openHistory();
    try {
      return launchHistory(history);
    } finally {
      history?.close();
    }
  }

  /** What is meant of the published list, and with which settings it was made. */
  #made(types: readonly string[], limit: CampaignBudget | undefined, published: PublishedReader) {
    const { config } = this.#context;
    const history = this.#context.openHistory();
    try {
      const run = runSettings(config, history, published.manifest.runId);
      const { controlShare, controlSalt, campaignWindowDays } = run;
      const selection: ListSelection =
        limit === undefined ? { types } : budgetSelection(types, limit, this.#factor(published, history));
      return {
        selection,
        windowDays: typeof campaignWindowDays === 'number' ? campaignWindowDays : config.campaignWindowDays,
        settings: { controlShare, controlSalt, cooldownDays: config.campaignCooldownDays, ...limit },
      };
    } finally {
      history?.close();
    }
  }

  #factor({ manifest }: PublishedReader, history: MetadataReader | undefined): number | null {
    return marginFactor(this.#context.config, history, manifest.runId);
  }

  async #ask<T>(work: (published: PublishedReader, history: MetadataReader | undefined) => Promise<T>): Promise<T> {
    const published = await this.#context.openPublished();
    try {
      const history = this.#context.openHistory();
      try {
        return await work(published, history);
      } finally {
        history?.close();
      }
    } finally {
      await published.reader.close();
    }
  }
}

function budgetOf(budget: number | undefined, costPerContact: number | undefined): CampaignBudget | undefined {
  if (budget === undefined && costPerContact === undefined) return undefined;
  if (budget !== undefined && costPerContact !== undefined) return { budget, costPerContact };
  throw new UsageError('a budget needs a cost per contact, and the other way round', {
    remedy: 'give both: --budget 500 --cost-per-contact 0.25',
  });
}
