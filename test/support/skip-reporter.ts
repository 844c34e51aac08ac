import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints why tests were skipped, each reason once. */
export class SkipReporter implements Reporter {
  readonly #print: (text: string) => void;

  constructor(print: (text: string) => void = console.log) {
    this.#print = print;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const reason = reasonOf(test);
        if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
    if (counts.size === 0) return;
    const lines = [...counts].sort().map(([reason, count]) => `  ${count} x ${reason}`);
    this.#print(`\nSkipped tests:\n${lines.join('\n')}`);
  }
}

/** Undefined for tests that nobody asked for: `vitest -t` skips those too. */
function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const inTitle = /\(skipped(?:: | )(.+?)\)/.exec(test.fullName)?.[1];
  const reason = note ?? inTitle;
  return reason === undefined ? undefined : `[${test.project.name}] ${reason}`;
}
