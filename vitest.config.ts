import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/build-once.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // as the entries do: onnxruntime-node must not report its use over the network
    env: { ORT_DISABLE_TELEMETRY: "1" },
    // two cores: more workers only fight each other
    maxWorkers: 2,
  },
});
