import type { Config } from '../config/schema.ts';
import type { DeclaredTargets } from './mapping/match-header.ts';

/** What the user has said about how input files are to be read; what is left out is found out. */
export interface ReadingOptions {
  /** Columns or expressions by what they mean. */
  readonly map?: DeclaredTargets;
  readonly grain?: 'order' | 'line' | 'first-line';
  /** ISO 4217: records in another currency are set aside. */
  readonly currency?: string;
  /** A name that `encodingFromName` knows. */
  readonly encoding?: string;
  /** One ASCII character. */
  readonly delimiter?: string;
  /** Sheet of a workbook or member of an archive, by name or by number from 1. */
  readonly sheet?: string;
  /** A format that `compileDateFormat` knows. */
  readonly dateFormat?: string;
  readonly excelDates?: 1900 | 1904;
  /** IANA name; default UTC. */
  readonly timezone?: string;
  readonly decimalMark?: '.' | ',';
  readonly requireFinalNewline?: boolean;
}

/** The reading settings of a configuration, without those that leave the choice to the file. */
export function readingOptions(config: Config): ReadingOptions {
  const { map, grain, currency, encoding, delimiter, sheet, dateFormat, excelDates, timezone, decimalMark } = config;
  return {
    ...(map === null ? {} : { map }),
    ...(grain === 'auto' ? {} : { grain }),
    ...(currency === null ? {} : { currency }),
    ...(encoding === null ? {} : { encoding }),
    ...(delimiter === null ? {} : { delimiter }),
    ...(sheet === null ? {} : { sheet }),
    ...(dateFormat === null ? {} : { dateFormat }),
    ...(excelDates === null ? {} : { excelDates: excelDates === '1900' ? 1900 : 1904 }),
    timezone,
    ...(decimalMark === null ? {} : { decimalMark }),
    requireFinalNewline: config.requireFinalNewline,
  };
}
