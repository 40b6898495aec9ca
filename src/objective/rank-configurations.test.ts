import { describe, expect, it } from "vitest";
import type { Trial } from "../trial/trial.ts";
import { Configurations, groupReplicates } from "./configurations.ts";
import { compileLimit } from "./limit.ts";
import { rankConfigurations } from "./rank-configurations.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const METRIC = { name: "loss", direction: "minimize" } as const;

/** Runs of one configuration: the first on its own, the others on fresh seeds. */
function configuration(number: number, losses: readonly number[], fresh = true): readonly Trial[] {
  return losses.map((loss, k) =>
    makeTrial(number + k, loss, {
      configuration: number,
      replicate: k > 0 && fresh ? { index: k, seed: k, fold: null } : null,
    }),
  );
}

function ranking(...trials: readonly (readonly Trial[])[]) {
  const found = rankConfigurations(groupReplicates(trials.flat(), [METRIC]), METRIC);
  const numbers = found.configurations.map((group) => group.configuration);
  const all = Configurations.of(trials.flat(), [METRIC]);
  const first = rankConfigurations(all, METRIC).first();
  expect(first === null ? undefined : all.at(first).configuration).toBe(numbers[0]);
  return { noise: found.noise, numbers };
}

const singles = (from: number, losses: readonly number[]) => losses.map((loss, k) => makeTrial(from + k, loss));

describe("rankConfigurations", () => {
  it("goes by the means alone where nothing was run twice, or results do not vary", () => {
    expect(ranking(singles(0, [3, 1, 2])).numbers).toEqual([1, 2, 0]);
    const still = ranking(configuration(0, [2, 2, 2]), singles(10, [3, 1]));
    expect(still).toMatchObject({ numbers: [11, 0, 10], noise: 0 });
  });

  it("puts what was confirmed first where results vary, however good one run was", () => {
    const { numbers } = ranking(
      configuration(0, [0.1, 0.5, 0.6]),
      configuration(10, [0.2, 0.4, 0.5]),
      singles(20, [-9, 0.3]),
    );
    expect(numbers).toEqual([10, 0, 20, 21]);
  });

  it("sees the noise in the first run where fresh ones happen to be equal", () => {
    const { numbers, noise } = ranking(configuration(0, [0.8, 0.9, 0.9]), singles(10, [0.85, 1, 1.1]));
    expect(noise).toBeGreaterThan(0);
    expect(numbers[0]).toBe(0);
  });

  it("takes the noise of the runs that count where these vary, not of the one that was singled out", () => {
    const others = singles(20, [0.45, 0.5, 0.6, 0.7]);
    expect(ranking(configuration(0, [-100, 0.5, 0.6]), others).noise).toBeCloseTo(0.1 / Math.SQRT2, 12);
    expect(ranking(configuration(0, [-100, 0.5, 0.5]), others).noise).toBeGreaterThan(10);
  });

  it("holds a single run back against one repeated without fresh seeds", () => {
    const others = singles(20, [0.45, 0.5, 0.6, 0.7, 9]);
    const { numbers } = ranking(configuration(0, [0.215, 0.315, 0.415], false), singles(10, [0.3]), others);
    expect(numbers.slice(0, 2)).toEqual([0, 10]);
    expect(ranking(configuration(0, [0.3149, 0.315, 0.3151], false), singles(10, [0.3]), others).numbers[0]).toBe(10);
  });

  it("looks at none that is worse than one that was accepted, unless more than means tells", () => {
    const asked = (losses: readonly number[], limits: readonly string[], ...others: readonly Trial[]) => {
      const trials = [...singles(0, losses), ...others].map((trial) => ({
        ...trial,
        values: { ...trial.values, ms: 1 },
      }));
      const looks: number[] = [];
      const groups = Configurations.of(trials, [METRIC]);
      const first = rankConfigurations(groups, METRIC, limits.map(compileLimit)).first(
        (place) => looks.push(place) > 0,
      );
      return { looks, first };
    };
    expect(asked([3, 4, 2, 2, 5, 1], [])).toEqual({ looks: [0, 2, 3, 5], first: 5 });
    expect(asked([3, 4, 2], ["ms <= 20"])).toEqual({ looks: [0, 1, 2], first: 2 });
    expect(asked([3, 4, 2], [], ...configuration(10, [5, 7, 9]))).toEqual({ looks: [0, 1, 2, 3], first: 3 });
    const none = Configurations.of(singles(0, [1, 2]), [METRIC]);
    expect(rankConfigurations(none, METRIC).first(() => false)).toBeNull();
    expect(rankConfigurations(none, METRIC).first((place) => place > 0)).toBe(1);
    const most = { ...METRIC, direction: "maximize" } as const;
    expect(rankConfigurations(Configurations.of(singles(0, [1, 3, 2]), [most]), most).first()).toBe(1);
  });

  it("gives ties to the lower number", () => {
    expect(ranking(singles(4, [1]), singles(2, [1]), singles(3, [1])).numbers).toEqual([2, 3, 4]);
  });

  it("puts what keeps the limits first, then what breaks them least, before all else", () => {
    const trial = (number: number, loss: number, ms: number) => makeTrial(number, loss, { values: { loss, ms } });
    const trials = [trial(0, 1, 30), trial(1, 2, 25), trial(2, 3, 20), trial(3, 2.5, 10), makeTrial(4, 0)];
    const groups = groupReplicates(trials, [METRIC]);
    const { configurations, standing } = rankConfigurations(groups, METRIC, [compileLimit("ms <= 20")]);
    expect(configurations.map(({ configuration }) => configuration)).toEqual([3, 2, 1, 0, 4]);
    expect(configurations.map((group) => standing(group).feasible)).toEqual([true, true, false, false, false]);
    expect(standing(configurations[4]!)).toEqual({
      feasible: false,
      violation: Number.POSITIVE_INFINITY,
      broken: ["ms <= 20"],
    });
    expect(rankConfigurations(groups, METRIC).standing(groups[0]!)).toEqual({
      feasible: true,
      violation: 0,
      broken: [],
    });
  });

  it("lets no confirmed configuration that breaks a limit come before one that keeps it", () => {
    const runs = configuration(0, [0.1, 0.5, 0.6]).map((trial) => ({ ...trial, values: { ...trial.values, ms: 30 } }));
    const single = makeTrial(20, 9, { values: { loss: 9, ms: 1 } });
    const groups = groupReplicates([...runs, single], [METRIC]);
    const { configurations } = rankConfigurations(groups, METRIC, [compileLimit("ms <= 20")]);
    expect(configurations.map((group) => group.configuration)).toEqual([20, 0]);
  });
});
