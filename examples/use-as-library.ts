import { DataPipelineOrchestrator, MasterPipelineRunner, PipelineError } from '../src/index.ts';

const [file = 'orders.csv'] = process.argv.slice(2);
const options = { settings: { dataDir: './data', lostDays: 400 } };

try {
  const runner = new MasterPipelineRunner(options);
  const { layers, asOf } = await runner.runFullPipeline(file);
  console.log(`${layers.warehouse.customers} customers up to ${asOf}`);

  await using orchestrator = new DataPipelineOrchestrator(options);
  const { business } = orchestrator.databases;
  for (const month of await business.query('select * from monthly_metrics order by period_month')) {
    console.log(`${month.period_month} ${month.total_sales}`);
  }
  const { passed, total } = await orchestrator.getDataQualitySummary();
  console.log(`${passed} of ${total} checks passed`);
} catch (error) {
  if (!(error instanceof PipelineError)) throw error;
  console.error(error.message, ...error.remedy);
  process.exitCode = error.exitCode;
}
