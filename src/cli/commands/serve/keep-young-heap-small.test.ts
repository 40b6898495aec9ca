import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

/**
 * Makes millions of things of which each lives for a while, here and in a thread; says how large the two spaces are, in MB: at the least of ten looks, for while
 * pages of before are swept a space may be larger for a moment.
 */
const PROGRAM = `
import { getHeapSpaceStatistics } from "node:v8";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { keepYoungHeapSmall } from ${JSON.stringify(new URL("./keep-young-heap-small.ts", import.meta.url).href)};
if (isMainThread && process.argv[2] === "small") keepYoungHeapSmall();
const kept = [];
let size = Infinity;
for (let n = 1; n <= 3_000_000; n++) {
  kept[n % 50_000] = { n, parts: [n] };
  if (n % 300_000 > 0) continue;
  const { space_size: now } = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space");
  size = Math.min(size, now);
}
if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 6 } });
  thread.on("message", (own) => console.log(JSON.stringify([size / 2 ** 20, own / 2 ** 20])));
} else parentPort.postMessage(size);
`;

function sizes(...words: readonly string[]): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), "attune-young-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "program.mjs");
  writeFileSync(file, PROGRAM);
  return JSON.parse(execFileSync(process.execPath, [file, ...words], { encoding: "utf8" })) as readonly number[];
}

it("keeps the space for what is new as it is, and gives threads what their limits let them have", () => {
  const [free] = sizes();
  const [main, thread] = sizes("small");
  expect(free).toBeGreaterThan(16);
  expect(main).toBeLessThanOrEqual(4);
  expect(thread).toBeGreaterThan(2);
  expect(thread).toBeLessThanOrEqual(6);
});
