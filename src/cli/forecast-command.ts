import { Command } from 'commander';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';
import { forecastText } from './forecast-text.ts';
import { formatter } from './format.ts';

interface ForecastFlags extends CommonOptions {
  readonly json?: boolean;
}

const HELP = `
The forecast is made by run, from complete months. It is compared with "same as last month" and "same month last year" on
past months; where one of these was nearer, that one is shown. More in the tables sales_forecast, forecast_grades,
forecast_accuracy and forecast_backtests.

Examples:
  $ marketing-pipeline forecast
  $ marketing-pipeline forecast --json
  $ marketing-pipeline query "select * from business.forecast_accuracy order by measure, lead_months, method"`;

/** `forecast`: orders and revenue of the next months. */
export function forecastCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('forecast').description(
      'print orders and revenue expected in the next twelve months, and how past forecasts did',
    ),
  )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(async (flags: ForecastFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const forecast = await pipeline.forecast();
      const { locale, currency } = pipeline.config;
      const words = formatter({ locale, currency: currency ?? forecast.currency ?? 'USD' });
      const text = flags.json === true ? JSON.stringify(forecast) : forecastText(forecast, words, context.stdout.width);
      await context.stdout.write(`${text}\n`);
    });
}
