import { type TestContext, test } from 'vitest';
import type { EngineName } from '../../src/engines/engine.ts';
import { testEngine } from './engines.ts';

type TestBody = (context: TestContext) => unknown;

/** Registers a test, as `test` does. */
export type RegisterTest = (title: string, body: TestBody, timeout?: number) => void;

/** For a test of something that only one engine has. Elsewhere it is skipped, and the report says why. */
export function onlyOn(engine: EngineName, reason: string): RegisterTest {
  return (title, body, timeout) => {
    test(title, testEngine() === engine ? body : skipped(`only on ${engine}: ${reason}`), timeout);
  };
}

/** For a test of what an engine cannot do yet. There it is skipped as long as it fails, and fails once it passes. */
export function notYetOn(engine: EngineName, reason: string): RegisterTest {
  return (title, body, timeout) => {
    test(title, testEngine() === engine ? expectedToFail(engine, reason, body) : body, timeout);
  };
}

function skipped(reason: string): TestBody {
  return (context) => context.skip(reason);
}

function expectedToFail(engine: EngineName, reason: string, body: TestBody): TestBody {
  return async (context) => {
    try {
      await body(context);
    } catch {
      return context.skip(`not yet on ${engine}: ${reason}`);
    }
    throw new Error(`passes on ${engine}: notYetOn (${reason}) is no longer needed`);
  };
}
