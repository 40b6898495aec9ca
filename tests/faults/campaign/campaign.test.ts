import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCommandLine } from "./build.ts";
import { PLANTS } from "./plants.ts";
import { runRound } from "./round.ts";

/** Trials of a leg: enough for a fault to find programs that run. */
const FEW = 15;

describe.runIf(process.platform === "linux")("The mixed campaign", () => {
  let build = "";
  beforeAll(async () => {
    build = await buildCommandLine();
  });
  afterAll(() => rmSync(build, { recursive: true, force: true }));

  it.each(PLANTS)("finds a fault that was planted: $name", async ({ kind, patches, kinds, faults }) => {
    const planted = await buildCommandLine(patches);
    try {
      // What is lost may be what somebody waits for: a round that stands still is judged no further, and another is run.
      let found: readonly string[] = [];
      for (const seed of [3, 4, 5]) {
        const { problems } = await runRound({ build: planted, seed, faults, kinds, trials: FEW });
        found = problems.map((problem) => problem.kind);
        if (found.length === 0 || found.some((each) => each !== "standstill") || kind === "standstill") break;
      }
      expect(found).toContain(kind);
    } finally {
      rmSync(planted, { recursive: true, force: true });
    }
  });

  it.each([
    { seed: 1, pausing: true },
    { seed: 2, pausing: false },
    { seed: 3, pausing: true },
  ])("finds nothing in what ships ($seed, trials pause: $pausing)", async ({ seed, pausing }) => {
    const { faults, problems } = await runRound({ build, pausing, seed, faults: 5, trials: FEW });
    expect(problems).toEqual([]);
    expect(faults.length).toBeGreaterThanOrEqual(5);
  });
});
