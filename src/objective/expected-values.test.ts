import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { groupReplicates } from "./configurations.ts";
import { expectedValues } from "./expected-values.ts";
import { frontsOf } from "./front.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const METRICS: readonly Metric[] = [
  { name: "loss", direction: "minimize" },
  { name: "ms", direction: "minimize" },
];

let number = 0;
const run = (configuration: number, loss: number, ms: number, index: number | null = null): Trial =>
  makeTrial(number++, loss, {
    configuration,
    params: { x: configuration },
    values: { loss, ms },
    replicate: index === null ? null : { index, seed: index, fold: null },
  } as Partial<Trial>);
const numbersOf = (trials: readonly Trial[]): readonly number[] =>
  frontsOf(groupReplicates(trials, METRICS), METRICS).front.map(({ configuration }) => configuration);

/** Runs of ten configurations on fresh seeds, ten each, about (k, 10 - k), 1 being their noise. */
function repeated(): readonly Trial[] {
  number = 0;
  const noise = [-1.4, 1.2, -0.3, 0.9, -0.8, 0.2, 1.1, -1.2, 0.5, -0.2];
  return Array.from({ length: 10 }, (_none, k) =>
    noise.map((one, index) => run(k, k + one, 10 - k - noise[(index + 3) % 10]!, index + 1)),
  ).flat();
}

describe("expectedValues", () => {
  it("takes means for what they are where nothing was run twice, or nothing varies", () => {
    number = 0;
    const groups = groupReplicates([run(0, 1, 2), run(1, 2, 1)], METRICS);
    const { varies, of, doubt } = expectedValues(groups, METRICS);
    expect([varies, of(groups[0]!), doubt(groups[0]!)]).toEqual([false, [1, 2], [0, 0]]);
    const same = groupReplicates([run(2, 1, 2, 1), run(2, 1, 2, 2)], METRICS);
    expect(expectedValues(same, METRICS).varies).toBe(false);
  });

  it("holds one lucky run back, and doubts it more than many", () => {
    const lucky = run(77, 2.5, 2.5);
    const groups = groupReplicates([...repeated(), { ...lucky, number: 200, configuration: 200 }], METRICS);
    const { varies, of, doubt } = expectedValues(groups, METRICS);
    const [first, last] = [groups[3]!, groups.at(-1)!];
    expect(varies).toBe(true);
    expect(of(last)[0]).toBeGreaterThan(2.5);
    expect(Math.abs(of(first)[0]! - first.means.loss!)).toBeLessThan(0.2);
    expect(doubt(last)[0]).toBeGreaterThan(2 * doubt(first)[0]!);
    expect(doubt(first)[0]).toBeGreaterThan(0.2);
    expect(doubt(first)[0]).toBeLessThan(0.4);
  });
});

describe("the front under noise", () => {
  it("takes one run of which nothing is confirmed for no more than it is likely to be worth", () => {
    const trials = repeated();
    const all = [...Array(10).keys()];
    expect(numbersOf(trials)).toEqual(all);
    // By its one run it would beat configuration 3; what is expected of another run of it is no better in loss.
    const lucky = makeTrial(300, 2.9, { configuration: 300, params: { x: 300 }, values: { loss: 2.9, ms: 6.9 } });
    expect(numbersOf([...trials, lucky])).toEqual(expect.arrayContaining([3, 300]));
    const often = trials.filter(({ configuration }) => configuration === 3);
    const confirmed = often.map((trial, k) =>
      makeTrial(301 + k, 0, {
        ...trial,
        number: 301 + k,
        configuration: 300,
        params: { x: 300 },
        values: {
          loss: Number(trial.values.loss) - 0.1,
          ms: Number(trial.values.ms) - 0.1,
        },
      }),
    );
    expect(numbersOf([...trials, ...confirmed])).not.toContain(3);
  });
});
