import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/build-once.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // two cores: more workers only fight each other
    maxWorkers: 2,
  },
});
