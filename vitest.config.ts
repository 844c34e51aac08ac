import { defineConfig } from 'vitest/config';
import { suiteConfig } from './test/support/suites.ts';

export default defineConfig(suiteConfig('quick'));
