import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Project } from '../project/load-project.ts';

/**
 * SHA-256 over the names and texts of all models of a project, the user's own among them. What code models import is not
 * in it; for the built-in ones the version of the program stands for that.
 */
export async function hashModels({ models }: Pick<Project, 'models'>): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [...models.keys()].sort()) {
    const model = models.get(name);
    if (model === undefined) continue;
    const text = await readFile(model.file);
    hash.update(`${model.layer}.${name} ${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}
