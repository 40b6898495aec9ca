import { describe, expect, it } from "vitest";
import { groupReplicates } from "./configurations.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const METRICS = [
  { name: "loss", direction: "minimize" },
  { name: "seconds", direction: "minimize" },
] as const;

describe("groupReplicates", () => {
  it("takes mean and sample deviation over the finite complete runs of a configuration", () => {
    const groups = groupReplicates(
      [
        makeTrial(2, 3, { configuration: 0, values: { loss: 3, seconds: 4 } }),
        makeTrial(0, 1, { values: { loss: 1, seconds: 8 } }),
        makeTrial(1, 9, { values: { loss: 9, seconds: 1 } }),
        makeTrial(3, 100, { configuration: 0, state: "failed", values: { loss: 100, seconds: 1 } }),
        makeTrial(4, Number.POSITIVE_INFINITY, { configuration: 0, values: { loss: "Infinity", seconds: 1 } }),
        makeTrial(5, 0, { configuration: 0, values: { loss: 0, seconds: "NaN" } }),
        makeTrial(6, 0),
      ],
      METRICS,
    );
    expect(groups.map((group) => group.configuration)).toEqual([0, 1]);
    expect(groups[0]!.trials.map((trial) => trial.number)).toEqual([0, 2]);
    expect(groups[0]!.means).toEqual({ loss: 2, seconds: 6 });
    expect(groups[0]!.deviation).toBeCloseTo(Math.SQRT2, 15);
    expect(groups[1]).toMatchObject({ means: { loss: 9, seconds: 1 }, deviation: null });
  });

  it("leaves the run out that a configuration was chosen for, once two were run again", () => {
    const again = (number: number, loss: number) =>
      makeTrial(number, loss, { configuration: 0, replicate: { index: number, seed: number, fold: null } });
    const first = makeTrial(0, 1);
    expect(groupReplicates([first, again(1, 4)], [METRICS[0]])[0]!.trials.map(({ number }) => number)).toEqual([0, 1]);
    const [group] = groupReplicates([first, again(1, 4), again(2, 6)], [METRICS[0]]);
    expect(group).toMatchObject({ first, means: { loss: 5 } });
    expect(group!.trials.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("keeps the digits of large values that differ little", () => {
    const [group] = groupReplicates(
      [makeTrial(0, 1e15 + 1), makeTrial(1, 1e15 + 3, { configuration: 0 })],
      [METRICS[0]],
    );
    expect(group!.means.loss).toBe(1e15 + 2);
  });
});
