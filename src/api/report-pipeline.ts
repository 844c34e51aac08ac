import { resolve } from 'node:path';
import { makeReport } from '../report/make-report.ts';
import type { MadeReport, ReportOptions, WriteReportOptions, WrittenReport } from '../report/report-types.ts';
import { saveReport } from '../report/save-report.ts';
import { dataSourceOf } from './data-source-of.ts';
import { packageFile } from './folders.ts';
import type { Pipeline } from './pipeline.ts';
import { publishedPlace } from './published-place.ts';
import { withTempFolder } from './temp-folder.ts';

/** Makes a report of the published data of a pipeline. */
export function makePipelineReport(pipeline: Pipeline, options: ReportOptions): Promise<MadeReport> {
  const { config, effects } = pipeline;
  return makeReport(options, {
    source: dataSourceOf(pipeline),
    effects,
    place: publishedPlace(config),
    templateDir: packageFile('dist/report'),
    withFolder: (action) => withTempFolder(config, 'report', action),
  });
}

/** Makes it and writes it to a file. */
export async function writePipelineReport(pipeline: Pipeline, options: WriteReportOptions): Promise<WrittenReport> {
  const { content, ...report } = await makePipelineReport(pipeline, options);
  const path = resolve(pipeline.effects.cwd, options.output ?? `report-${report.asOf}.${report.format}`);
  await saveReport(path, content, pipeline.effects);
  return { ...report, path, bytes: content.length };
}
