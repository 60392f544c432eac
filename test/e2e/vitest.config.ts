import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: [join(import.meta.dirname, 'harness/globalSetup.ts')],
    passWithNoTests: false,
    // One window at a time: two editors on two cores only make each other slow.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
