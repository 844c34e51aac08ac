/** The public API on one page. */
export type { Verdict } from './analytics/experiments/verdict.ts';
export type { BreakEven } from './api/campaigns/break-even.ts';
export type { CampaignBudget } from './api/campaigns/campaign-budget.ts';
export type { CampaignList, CampaignLists } from './api/campaigns/campaign-list.ts';
export type { CampaignPlan, PlannedCampaign, PlannedContacts, PlanOptions } from './api/campaigns/campaign-plan.ts';
export type { CampaignPower } from './api/campaigns/campaign-power.ts';
export type {
  CampaignArm,
  CampaignEffect,
  CampaignReadout,
  CampaignReadouts,
  MeasuredDifference,
} from './api/campaigns/campaign-readout.ts';
export type { Campaigns, LaunchedCampaign, LaunchOptions, LaunchResult } from './api/campaigns/campaigns.ts';
export { DataPipelineOrchestrator } from './api/data-pipeline-orchestrator.ts';
export type { DoctorReport } from './api/doctor/doctor.ts';
export type { Finding, FindingStatus } from './api/doctor/finding.ts';
export type { BuyingHabits, Trend } from './api/explain/buying-habits.ts';
export type { Campaign } from './api/explain/campaign.ts';
export type { ChurnDriver, DriverName } from './api/explain/churn-driver.ts';
export type { ChurnRisk } from './api/explain/churn-risk.ts';
export type { CohortCourse, CohortMonth } from './api/explain/cohort-course.ts';
export type { CustomerExplanation } from './api/explain/customer-explanation.ts';
export type { CustomerProfile } from './api/explain/customer-profile.ts';
export type { CustomerSegment } from './api/explain/customer-segment.ts';
export type { NextOrder } from './api/explain/next-order.ts';
export type { HistoryEntry, OrderHistory } from './api/explain/order-history.ts';
export type { Outlook } from './api/explain/outlook.ts';
export type { ScoreGrade } from './api/explain/score-grade.ts';
export type { ExpectedOrders, ExpectedValue, ValueOutlook } from './api/explain/value-outlook.ts';
export type { LayerDatabase } from './api/layer-database.ts';
export { MasterPipelineRunner } from './api/master-pipeline-runner.ts';
export { Pipeline, type PipelineOptions, type RunOptions } from './api/pipeline.ts';
export type { PipelineStatus } from './api/pipeline-status.ts';
export type { QualitySummary } from './api/quality-summary.ts';
export type { SalesForecast } from './api/sales-forecast.ts';
export { definePipeline } from './config/define-pipeline.ts';
export type { Config, ConfigSpec } from './config/schema.ts';
export type { Effects } from './effects.ts';
export type { Reader, SnapshotManifest } from './engines/engine.ts';
export { LAYERS, type Layer } from './engines/layer.ts';
export type { ColumnType, ResultSet, RowObject, Value } from './engines/result-set.ts';
export type { SourceTable } from './engines/source-table.ts';
export {
  CancelledError,
  InputError,
  PipelineError,
  ProjectError,
  QualityError,
  RunError,
  UsageError,
} from './errors.ts';
export type {
  CampaignExportOptions,
  CampaignExportResult,
  CampaignFile,
  LeftOut,
  LeftOutReason,
} from './export/campaigns/campaign-export-types.ts';
export type { ExportedFile, ExportFormat, ExportOptions, ExportProgress, ExportResult } from './export/export-types.ts';
export { type CodeModelContext, type CodeModelDefinition, type CodeModelResult, defineModel } from './project/model.ts';
export type { CheckResult } from './quality/check-result.ts';
export type { Launch } from './run/campaigns/launch-history.ts';
export type { RunEvent, RunListener } from './run/events.ts';
export type {
  ForecastFigures,
  ForecastGrade,
  ForecastMonth,
  ForecastSum,
  ForecastYear,
} from './run/forecast-figures.ts';
export type { Insight } from './run/insight.ts';
export type { Plan, Step } from './run/plan.ts';
export type { RunSummary } from './run/summary.ts';
export { writeSample } from './sample/sample-csv.ts';
export type { ShopOptions, ShopTruth } from './sample/shop-options.ts';
export { type CleanupReport, cleanUp } from './selftest/clean-up.ts';
export { debugWarehouse, type WarehouseReport } from './selftest/debug-warehouse.ts';
export { runSelftest, type SelftestOptions } from './selftest/run-selftest.ts';
export type { SelftestResult, SelftestStep } from './selftest/selftest-types.ts';
export type { RunningServer, ServeOptions } from './server/start-server.ts';
