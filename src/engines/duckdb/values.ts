import { BOOLEAN, DOUBLE, type DuckDBType, DuckDBTypeId, type DuckDBValue, type Json, VARCHAR } from '@duckdb/node-api';
import type { Column, ColumnType, Row, Value } from '../result-set.ts';

const INTEGERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
]);

const TIMESTAMPS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

function columnType({ typeId }: DuckDBType): ColumnType {
  if (INTEGERS.has(typeId)) return 'integer';
  if (TIMESTAMPS.has(typeId)) return 'timestamp';
  if (typeId === DuckDBTypeId.DECIMAL) return 'decimal';
  if (typeId === DuckDBTypeId.DOUBLE || typeId === DuckDBTypeId.FLOAT) return 'double';
  if (typeId === DuckDBTypeId.BOOLEAN) return 'boolean';
  if (typeId === DuckDBTypeId.DATE) return 'date';
  if (typeId === DuckDBTypeId.VARCHAR || typeId === DuckDBTypeId.UUID || typeId === DuckDBTypeId.ENUM) return 'text';
  return 'other';
}

interface Described {
  columnNames(): readonly string[];
  columnTypes(): readonly DuckDBType[];
}

export function columnsOf(result: Described): Column[] {
  const types = result.columnTypes();
  return result.columnNames().map((name, position) => {
    const type = types[position];
    return { name, type: type === undefined ? 'other' : columnType(type) };
  });
}

/** Integers become numbers where a number can hold them exactly; everything else that is not a scalar becomes JSON text. */
function toValue(type: ColumnType, json: Json): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'number') return json;
  if (typeof json === 'object') return JSON.stringify(json);
  if (type !== 'integer') return json;
  const number = Number(json);
  return Number.isSafeInteger(number) ? number : json;
}

export function toRows(types: readonly DuckDBType[], rows: readonly Json[][]): Row[] {
  const columnTypes = types.map(columnType);
  return rows.map((row) => row.map((json, position) => toValue(columnTypes[position] ?? 'other', json)));
}

interface Bound {
  readonly values?: DuckDBValue[];
  readonly types?: DuckDBType[];
}

/** Parameters with explicit types: DuckDB would bind 5 as an integer and 5.5 as a double by itself. */
export function bindable(params: readonly Value[] | undefined): Bound {
  if (params === undefined || params.length === 0) return {};
  const types = params.map((value) =>
    typeof value === 'number' ? DOUBLE : typeof value === 'boolean' ? BOOLEAN : VARCHAR,
  );
  return { values: [...params], types };
}
