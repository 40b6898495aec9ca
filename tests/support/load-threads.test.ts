import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const THREAD = join(import.meta.dirname, "..", "..", "src", "storage", "sqlite", "sqlite-thread.ts");
const START = `const { Worker } = require("node:worker_threads");
  const thread = new Worker(process.argv[1]);
  thread.on("online", () => thread.postMessage({ id: 1, method: "close", args: [] }));`;

/** What Node and V8 say of their work while the storage's thread starts and ends. */
function started(flags: readonly string[], env: Readonly<Record<string, string>>): string {
  const words = [...flags, "-e", START, THREAD];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, {
    env: { ...process.env, NODE_DEBUG_NATIVE: "COMPILE_CACHE", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  expect(status).toBe(0);
  return stdout + stderr;
}

describe("threads that tests start", () => {
  it("find their code in the compile cache without its types, which need no WebAssembly then: it has crashed test processes", () => {
    const here = started([], {});
    expect(here).toContain("retrieving transpile cache");
    expect(here).not.toContain("no transpile cache");
    const folder = mkdtempSync(join(tmpdir(), "attune-compiled-"));
    const fresh = { NODE_COMPILE_CACHE: folder };
    const flags = ["--trace-wasm-compilation-times"];
    const first = started(flags, fresh);
    expect(first).toContain("no transpile cache");
    expect(first).toContain("Compiled function");
    expect(started(flags, fresh)).not.toContain("Compiled function");
    rmSync(folder, { recursive: true });
  });
});
