import { relative } from 'node:path';
import { describeFailure } from '../quality/describe-failure.ts';
import { describeStep } from './describe-step.ts';
import type { RunListener } from './events.ts';
import type { RunLogger } from './logger.ts';

/** Writes what happens in a run to its log: steps with their rows and times, at `debug` their SQL too. */
export function logRun(log: RunLogger): RunListener {
  return (event) => {
    switch (event.type) {
      case 'run-started':
        log.info('run started', { steps: event.plan.steps.length, append: event.plan.append });
        break;
      case 'step-started':
        log.debug('step started', { step: describeStep(event.step) });
        break;
      case 'step-finished': {
        const rows = event.rows === undefined ? {} : { rows: event.rows };
        log.info('step finished', { step: describeStep(event.step), durationSeconds: event.durationSeconds, ...rows });
        break;
      }
      case 'step-failed':
        log.error('step failed', {
          step: describeStep(event.step),
          durationSeconds: event.durationSeconds,
          err: event.error,
        });
        break;
      case 'sql':
        log.debug('sql', { step: describeStep(event.step), sql: event.sql });
        break;
      case 'source': {
        const { status, source, loadId } = event.source;
        const { name, sha256, bytes, recordCount, malformedCount, blankCount, records } = source;
        const readDirectly = relative(source.path, records.path) === '';
        log.info(`source ${status}`, {
          name,
          sha256,
          bytes,
          recordCount,
          malformedCount,
          blankCount,
          loadId,
          readDirectly,
        });
        break;
      }
      case 'as-of':
        log.info('as-of date', { asOf: event.asOf, given: event.given });
        break;
      case 'checked':
        for (const result of event.results.filter(({ status }) => status !== 'passed')) {
          log.warn('check', { status: result.status, check: describeFailure(result)[0] });
        }
        break;
      case 'reconciled':
        for (const line of event.lines) log.info('ledger', { ...line });
        break;
      case 'publishing':
        log.debug('publishing', { point: event.point });
        break;
      case 'notice':
        log[event.level](event.message);
        break;
      default:
        break;
    }
  };
}
