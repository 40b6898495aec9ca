import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSpace, float, int } from "../../src/space/index.ts";
import { requireFidelity } from "./fidelity-task.ts";
import { RunLog } from "./run-log.ts";

const epochs = requireFidelity(defineSpace({ lr: float(0, 1), epoch: int(1, 52, { fidelity: true }) }));
const shares = requireFidelity(defineSpace({ lr: float(0, 1), share: float(0.03, 1, { fidelity: true }) }));

describe("what a run costs", () => {
  it("is the difference where it goes on, and all of it where it begins anew", () => {
    const resuming = new RunLog({ space: epochs, resumes: true });
    for (const [fidelity, from] of [
      [4, 0],
      [13, 4],
      [52, 13],
    ] as const)
      resuming.add(fidelity, from, 0);
    expect(resuming.spent).toBe(1);
    const anew = new RunLog({ space: epochs, resumes: false });
    for (const [fidelity, from] of [
      [4, 0],
      [13, 4],
      [52, 13],
    ] as const)
      anew.add(fidelity, from, 0);
    expect(anew.spent).toBeCloseTo((4 + 13 + 52) / 52, 12);
    expect([...anew.evaluations]).toEqual([
      [4, 1],
      [13, 1],
      [52, 1],
    ]);
  });

  it("is all of it for a run to where the configuration was, or not so far: nothing is free", () => {
    const log = new RunLog({ space: epochs, resumes: true });
    expect(log.costOf(13, 13)).toBe(0.25);
    expect(log.costOf(13, 52)).toBe(0.25);
    expect(log.costOf(26, 13)).toBe(0.25);
  });

  it("adds up to what was said beforehand", () => {
    const runs = fc.array(
      fc.tuple(fc.double({ min: 0.03, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    );
    fc.assert(
      fc.property(runs, fc.boolean(), (list, resumes) => {
        const log = new RunLog({ space: shares, resumes });
        let said = 0;
        for (const [fidelity, from] of list) {
          const cost = log.costOf(fidelity, from);
          expect(cost).toBeGreaterThan(0);
          said += cost;
          log.add(fidelity, from, 0);
        }
        expect(log.spent).toBeCloseTo(said, 9);
      }),
    );
  });
});

describe("the incumbent", () => {
  it("is the best value at full fidelity, from the cost on that its own run ended with", () => {
    const log = new RunLog({ space: epochs, resumes: true });
    log.add(4, 0, 0.99);
    expect(log.incumbent).toEqual([]);
    log.add(52, 0, 0.5);
    log.add(51, 0, 0.9);
    log.add(52, 0, 0.4);
    log.add(52, 51, 0.5);
    log.add(52, 4, 0.7);
    const cost = (4 + 52 + 51 + 52 + 1 + 48) / 52;
    expect(log.incumbent).toEqual([
      [56 / 52, 0.5],
      [cost, 0.7],
    ]);
  });

  it("may be the worst there is, and is none where no value is a number", () => {
    const log = new RunLog({ space: shares, resumes: false });
    log.add(1, 0, Number.NaN);
    log.add(1, 0, -1e9);
    expect(log.incumbent).toEqual([[2, -1e9]]);
  });
});
