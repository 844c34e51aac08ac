/** What can run at the same time as something else: it waits for its dependencies only. */
export interface Task {
  readonly name: string;
  /** Names; those that are not among the tasks count as done. */
  readonly dependsOn: readonly string[];
  run(): Promise<void>;
}

/**
 * Runs tasks, at most `limit` at a time, each after those it depends on, in the given order where there is a choice.
 * After a failure nothing new starts; the first error is thrown once all running tasks have ended.
 */
export async function runGraph(tasks: readonly Task[], limit: number): Promise<void> {
  const waiting = new Map(tasks.map((task) => [task.name, task]));
  const unfinished = new Set(waiting.keys());
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  while (unfinished.size > 0) {
    for (const task of failures.length === 0 ? [...waiting.values()] : []) {
      if (running.size >= limit) break;
      if (task.dependsOn.some((name) => unfinished.has(name))) continue;
      waiting.delete(task.name);
      const run: Promise<void> = task
        .run()
        .then(
          () => void unfinished.delete(task.name),
          (error: unknown) => void failures.push(error),
        )
        .finally(() => running.delete(run));
      running.add(run);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failures.length > 0) throw failures[0];
}
