import type { FieldDef } from 'pg';
import type { ParquetColumn } from '../parquet-file.ts';

/** The types of a Parquet file by the fixed object ids of the server's types; text is what everything else becomes. */
const PARQUET_TYPES: ReadonlyMap<number, string> = new Map([
  [16, 'boolean'],
  [20, 'bigint'],
  [21, 'smallint'],
  [23, 'integer'],
  [26, 'bigint'],
  [700, 'float'],
  [701, 'double'],
  [1082, 'date'],
  [1114, 'timestamp'],
  [1184, 'timestamp with time zone'],
]);

const NUMERIC = 1700;

/** More digits do not fit into a decimal of the file. */
const MOST_DIGITS = 38;

/** What the columns of a statement become in a Parquet file: the same as with the other engine. */
export function parquetColumns(fields: readonly Pick<FieldDef, 'name' | 'dataTypeID' | 'dataTypeModifier'>[]) {
  return fields.map(({ name, dataTypeID, dataTypeModifier }): ParquetColumn => {
    const type = dataTypeID === NUMERIC ? decimalType(dataTypeModifier) : (PARQUET_TYPES.get(dataTypeID) ?? 'varchar');
    return { name, type };
  });
}

/** The modifier holds precision and scale, above an offset of 4; -1 is a number of any size. */
function decimalType(modifier: number): string | undefined {
  if (modifier < 4) return undefined;
  const precision = (modifier - 4) >> 16;
  const scale = (modifier - 4) & 0x7ff;
  return precision <= MOST_DIGITS && scale <= precision ? `decimal(${precision}, ${scale})` : undefined;
}
