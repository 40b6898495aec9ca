import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createExecutor, EXECUTOR_NAMES, type ExecutorOptions } from "./registry.ts";

const OPTIONS: ExecutorOptions = {
  function: { run: () => 1 },
  module: { modulePath: join(import.meta.dirname, "function/contract-objective.testing.ts") },
  command: { command: { argv: ["true"] }, parameters: [] },
};

describe("executor registry", () => {
  it.each(EXECUTOR_NAMES)("%s opens, runs the contract suite and has a page", async (name) => {
    const executor = await createExecutor(name, OPTIONS[name]);
    expect(executor.name).toBe(name);
    await executor.close();
    const folder = name === "command" ? "command" : "function";
    const test = readFileSync(join(import.meta.dirname, folder, `${name}-executor.test.ts`), "utf8");
    expect(test).toContain(`executorContract("${name}"`);
    expect(existsSync(join(import.meta.dirname, `../../docs/guide/executors/${name}.md`))).toBe(true);
  });
});
