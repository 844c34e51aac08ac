import type { CustomTypesConfig, FieldDef } from 'pg';
import type { Column, ColumnType, Value } from '../result-set.ts';

/** Types by their fixed object ids (pg_type.dat). */
const COLUMN_TYPES: ReadonlyMap<number, ColumnType> = new Map([
  [16, 'boolean'],
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [26, 'integer'],
  [700, 'double'],
  [701, 'double'],
  [1700, 'decimal'],
  [1082, 'date'],
  [1114, 'timestamp'],
  [1184, 'timestamp'],
  [18, 'text'],
  [19, 'text'],
  [25, 'text'],
  [1042, 'text'],
  [1043, 'text'],
  [2950, 'text'],
]);

export function columnsOf(fields: readonly Pick<FieldDef, 'name' | 'dataTypeID'>[]): Column[] {
  return fields.map(({ name, dataTypeID }) => ({ name, type: COLUMN_TYPES.get(dataTypeID) ?? 'other' }));
}

function integer(text: string): Value {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

function double(text: string): Value {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

const same = (text: string): Value => text;

/** Parsers for what the server sends as text: only what a number holds exactly becomes a number. */
export const VALUE_TYPES: CustomTypesConfig = {
  getTypeParser: (typeId: number) => {
    switch (COLUMN_TYPES.get(typeId)) {
      case 'boolean':
        return (text: string) => text === 't';
      case 'integer':
        return integer;
      case 'double':
        return double;
      default:
        return same;
    }
  },
};
