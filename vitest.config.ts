import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Real processes start in these tests, and the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is polled for comes by itself.
    expect: { poll: { timeout: 15_000 } },
    // Much of the suite waits for real processes; one worker a core leaves none idle.
    maxWorkers: 2,
  },
});
