import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, float } from "../../src/index.ts";

const ENTRY = path.resolve(import.meta.dirname, "../../bin/attune.cjs");
const folder = mkdtempSync(path.join(tmpdir(), "attune-page-memory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands for the browser, and keeps its environment. */
const OPENER = `#!/bin/sh
env > "$0.made" && mv "$0.made" "$0.env"
`;

async function served(variables: Readonly<Record<string, string>>) {
  const own = mkdtempSync(path.join(folder, "study-"));
  const storage = path.join(own, "attune.db");
  await (await createStudy({ name: "s", storage, minimize: "loss", space: { x: float(0, 1) } })).close();
  const opener = path.join(own, "xdg-open");
  writeFileSync(opener, OPENER);
  chmodSync(opener, 0o755);
  const { MALLOC_ARENA_MAX: _, ...clean } = process.env;
  const env = { ...clean, DISPLAY: ":7", PATH: `${own}${path.delimiter}${process.env.PATH}`, ...variables };
  const child = spawn(process.execPath, [ENTRY, "ui", "--port", "0", "--storage", storage], { env });
  const browsed = `${opener}.env`;
  while (child.exitCode === null && statSync(browsed, { throwIfNoEntry: false }) === undefined) await delay(20);
  const told = readFileSync(`/proc/${child.pid}/environ`, "utf8").split("\0");
  const browser = readFileSync(browsed, "utf8").split("\n");
  child.kill("SIGTERM");
  await once(child, "exit");
  const malloc = (words: readonly string[]) => words.filter((word) => word.startsWith("MALLOC_")).sort();
  return { server: malloc(told), browser: malloc(browser) };
}

describe.skipIf(process.platform !== "linux")("the server of a page", () => {
  it("keeps little of what its threads free, and starts a browser that is not told so", async () => {
    const { server, browser } = await served({});
    expect(server).toEqual(["MALLOC_ARENA_MAX=1", "MALLOC_MMAP_THRESHOLD_=131072"]);
    expect(browser).toEqual([]);
  });

  it("leaves a user's own words to the C library as they are", async () => {
    const own = ["MALLOC_ARENA_MAX=4"];
    expect(await served({ MALLOC_ARENA_MAX: "4" })).toEqual({ server: own, browser: own });
  });
});
