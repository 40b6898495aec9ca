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
      // Chance decides what a fault meets: a lost write may be one that nothing came of, or that others only wait for.
      let found: readonly string[] = [];
      for (let seed = 3; seed < 9 && !found.includes(kind); seed++) {
        const { problems } = await runRound({ build: planted, seed, faults, kinds, trials: FEW });
        found = problems.map((problem) => problem.kind);
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
