/** The public API on one page. */
export { DataPipelineOrchestrator } from './api/data-pipeline-orchestrator.ts';
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
export type { ExportedFile, ExportFormat, ExportOptions, ExportProgress, ExportResult } from './export/export-types.ts';
export { type CodeModelContext, type CodeModelDefinition, type CodeModelResult, defineModel } from './project/model.ts';
export type { CheckResult } from './quality/check-result.ts';
export type { RunEvent, RunListener } from './run/events.ts';
export type { Plan, Step } from './run/plan.ts';
export type { Insight, RunSummary } from './run/summary.ts';
export { writeSample } from './sample/sample-csv.ts';
export type { ShopOptions, ShopTruth } from './sample/shop-options.ts';
export { type CleanupReport, cleanUp } from './selftest/clean-up.ts';
export { debugWarehouse, type WarehouseReport } from './selftest/debug-warehouse.ts';
export { runSelftest, type SelftestOptions } from './selftest/run-selftest.ts';
export type { SelftestResult, SelftestStep } from './selftest/selftest-types.ts';
export type { RunningServer, ServeOptions } from './server/start-server.ts';
