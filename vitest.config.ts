import { defineConfig } from 'vitest/config';

import { rulesInTests } from './scripts/bundle/rules.mjs';

export default defineConfig({
  plugins: [rulesInTests],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    passWithNoTests: false,
    testTimeout: 60_000,
  },
});
