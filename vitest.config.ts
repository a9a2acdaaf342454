import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    // Much of the suite waits for real processes; one worker a core leaves none idle.
    maxWorkers: 2,
  },
});
