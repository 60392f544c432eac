import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

/** Figures from the real editor, on the harness of the end-to-end suite. */
export default defineConfig({
  test: {
    include: ['bench/editor/*.figures.ts'],
    globalSetup: [join(import.meta.dirname, '../../test/e2e/harness/globalSetup.ts')],
    fileParallelism: false,
    disableConsoleIntercept: true,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
