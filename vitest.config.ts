import { defineConfig } from "vitest/config";
import { COMPILE_CACHE } from "./tests/support/compile-cache.ts";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "dashboard/src/**/*.test.ts", "tests/**/*.test.ts", "bench/**/*.test.ts"],
    globalSetup: ["tests/support/temporary-folder.ts", "tests/support/load-threads.ts"],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE },
    setupFiles: ["tests/support/property-seed.ts", "tests/support/thrown-errors.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
