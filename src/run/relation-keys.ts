import type { RelationKeys } from '../engines/engine.ts';
import type { Project } from '../project/load-project.ts';
import { headerOf, type Model } from '../project/model.ts';

/** The keys of a model's table, as its checks of severity error say; a foreign key only to a column that is a key. */
export function relationKeys(model: Model, { models }: Pick<Project, 'models'>): RelationKeys {
  const checks = blockingChecks(model);
  return {
    unique: uniqueColumns(model),
    notNull: checks.flatMap((check) => (check.kind === 'not_null' ? [check.column] : [])),
    references: checks.flatMap((check) => {
      if (check.kind !== 'relationship') return [];
      const target = models.get(check.toModel);
      if (target === undefined || headerOf(target).materialized === 'view') return [];
      const isKey = uniqueColumns(target).some((columns) => columns.length === 1 && columns[0] === check.toColumn);
      const { column, toModel: name, toColumn: targetColumn } = check;
      return isKey ? [{ column, layer: target.layer, name, targetColumn }] : [];
    }),
  };
}

function blockingChecks(model: Model) {
  return headerOf(model).checks.filter(({ severity }) => severity === 'error');
}

function uniqueColumns(model: Model): (readonly string[])[] {
  return blockingChecks(model).flatMap((check) => (check.kind === 'unique' ? [check.columns] : []));
}
