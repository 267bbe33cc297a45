import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/database-setup.ts'],
    pool: 'threads',
    isolate: false,
    // Some tests start whole hubs, on two cores that others use as well.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
