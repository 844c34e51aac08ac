/**
 * A run in a process of its own, which can be killed: node run-child.ts '{"settings": ..., "files": ...}'.
 * Prints one JSON object: the names of the points that it passed and, of a run that failed, the error.
 */
import { systemEffects } from '../../src/effects.ts';
import { PipelineError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { watchFileSystem } from './fs-points.ts';
import type { ChildOutcome, ChildRequest } from './spawn-run.ts';

function nameOf(event: RunEvent): string {
  switch (event.type) {
    case 'step-started':
    case 'step-finished':
      return `${event.type} ${event.step.kind}${event.step.kind === 'build' ? ` ${event.step.model.name}` : ''}`;
    case 'publishing':
      return `publishing: ${event.point}`;
    default:
      return event.type;
  }
}

function isCalled(name: string, wanted: ChildRequest['killAt']): boolean {
  if (typeof wanted !== 'string') return false;
  return wanted.endsWith('…') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

async function main(request: ChildRequest): Promise<ChildOutcome> {
  const points: string[] = [];
  const pass = (name: string) => {
    points.push(name);
    if (points.length === request.killAt || isCalled(name, request.killAt)) process.kill(process.pid, 'SIGKILL');
  };
  let calls = 0;
  await watchFileSystem(request.settings.dataDir, (when, call) => {
    if (when === 'before' && request.fail !== undefined) {
      calls++;
      const { code, at, forever } = request.fail;
      if (calls === at || (forever === true && calls > at)) {
        throw Object.assign(new Error(`${code}: injected, ${call}`), { code, syscall: call.split(' ')[0], errno: -5 });
      }
    }
    pass(`${when} ${call}`);
  });
  if (request.settings.engine === 'postgres') {
    const { watchStatements } = await import('./postgres/statement-points.ts');
    watchStatements((when, statement) => pass(`${when} ${statement}`));
  }
  const { Pipeline } = await import('../../src/api/pipeline.ts');
  const effects = { ...systemEffects(), env: {}, cwd: request.cwd };
  const pipeline = await Pipeline.open({ settings: request.settings, effects });
  try {
    const listener = (event: RunEvent) => pass(nameOf(event));
    const summary = await pipeline.run(request.files, { listener, append: request.append ?? false });
    return { points, calls, runId: summary.runId };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isExpected = error instanceof PipelineError;
    return { points, calls, error: { name: error.name, message: error.message, isExpected } };
  }
}

const request: ChildRequest = JSON.parse(process.argv[2] ?? '');
const outcome = await main(request);
process.stdout.write(JSON.stringify(outcome));
