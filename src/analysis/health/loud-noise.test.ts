import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { normalQuantile } from "../../numeric/special/normal-quantile.ts";
import { Configurations } from "../../objective/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { loudNoise } from "./loud-noise.ts";

const METRIC = { name: "loss", direction: "minimize" } as const;

/** Forty configurations whose true values vary by `effect`, results by `noise`; the best three are run `runs` times more. */
function study(effect: number, noise: number, runs: number, seed: number): TrialList {
  const stream = keyedStreams(seed, 0).stream("noise");
  const normal = () => normalQuantile(stream.float() * 0.9998 + 0.0001);
  const truth = Array.from({ length: 40 }, () => effect * normal());
  const first = truth.map((value, k) => makeTrial(k, value + noise * normal()));
  const best = first.toSorted((a, b) => Number(a.values.loss) - Number(b.values.loss)).slice(0, 3);
  const again: Trial[] = best.flatMap(({ number, params }) =>
    Array.from({ length: runs }, (_, index) =>
      makeTrial(100 + 10 * number + index, truth[number]! + noise * normal(), {
        params,
        configuration: number,
        replicate: { index: index + 1, seed: index, fold: null },
      }),
    ),
  );
  return TrialList.of([...first, ...again]);
}

const found = (trials: TrialList) => loudNoise(Configurations.of(trials, [METRIC]), METRIC);

const alarms = (effect: number, noise: number): number =>
  Array.from({ length: 200 }, (_, seed) => found(study(effect, noise, 5, seed))).filter((one) => one !== null).length /
  200;

describe("loudNoise", () => {
  it("finds noise that is larger than all effects, and says by how much", () => {
    expect(alarms(0, 1)).toBeGreaterThan(0.95);
    expect(alarms(0.25, 1)).toBeGreaterThan(0.85);
    const one = found(study(0.1, 1, 5, 3))!;
    expect(one).toMatchObject({ metric: "loss", repeated: 3, configurations: 30 });
    expect(one.effect).toBeLessThan(one.noise);
  });

  it("is silent where effects are three times the noise, and there is none", () => {
    expect(alarms(3, 1)).toBeLessThan(0.01);
    expect(alarms(1, 0)).toBe(0);
  });

  it("is silent where too little was run twice to tell", () => {
    expect(found(study(0, 1, 2, 1))).toBeNull();
  });
});
