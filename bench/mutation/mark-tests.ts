/** Loaded before each test file: tells `record-hit.ts` which test runs, where it is asked for. */
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";
import { HITS } from "./record-hit.ts";

if (existsSync(HITS)) {
  let count = 0;
  mark(0);
  beforeEach(({ task }) => {
    count += 1;
    appendFileSync(path.join(HITS, "names"), `${JSON.stringify([count, task.fullTestName])}\n`);
    mark(count);
  });
  afterEach(() => mark(0));
}

function mark(test: number): void {
  globalThis.attuneTest = test;
  writeFileSync(path.join(HITS, "test"), `${test}`);
}
