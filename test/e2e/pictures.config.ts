import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

/** `npm run pictures`: takes the pictures of docs/images again, from the real editor. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.pictures.ts'],
    globalSetup: [join(import.meta.dirname, 'harness/globalSetup.ts')],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
