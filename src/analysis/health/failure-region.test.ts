import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { choice, float, int, ordinal } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Params } from "../../space/json.ts";
import type { Trial } from "../../trial/trial.ts";
import { failurePatterns } from "./failure-pattern.ts";

const SPACE = defineSpace({
  lr: float(1e-5, 1e-1, { log: true }),
  width: int(1, 1024),
  batch: ordinal([16, 32, 64, 128, 256]),
  kind: choice(["a", "b", "c", "d"]),
});

/** Trials drawn at random, which fail where `fails` says so, and by chance once in so many. */
function study(count: number, fails: (params: Params) => boolean, chance = 0, seed = 1): readonly Trial[] {
  const stream = keyedStreams(seed, 0).stream("failures");
  return Array.from({ length: count }, (_, number) => {
    const params = {
      lr: 10 ** (-5 + 4 * stream.float()),
      width: 1 + stream.int(1024),
      batch: [16, 32, 64, 128, 256][stream.int(5)]!,
      kind: ["a", "b", "c", "d"][stream.int(4)]!,
    };
    const failed = stream.float() < chance || fails(params);
    return makeTrial(number, 1, { params, ...(failed && { state: "failed", outcome: "error", values: {} }) });
  });
}

describe("a region of failures", () => {
  it("is found where most fail, and some elsewhere", () => {
    const trials = study(120, ({ lr }) => Number(lr) > 0.02, 0.03);
    const [found, ...others] = failurePatterns(trials, SPACE);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ parameter: "lr", relation: "at-least" });
    expect(Number(found!.value)).toBeGreaterThan(0.01);
    expect(found!.of! - found!.failures).toBeLessThan(8);
    expect(found!.successesWith).toBeLessThan(5);
  });

  it("is found of a choice and of values in order", () => {
    expect(
      failurePatterns(
        study(150, ({ kind }) => kind === "c", 0.03),
        SPACE,
      ),
    ).toMatchObject([{ parameter: "kind", relation: "equal", value: "c" }]);
    expect(
      failurePatterns(
        study(150, ({ batch }) => Number(batch) >= 128, 0.03),
        SPACE,
      ),
    ).toMatchObject([{ parameter: "batch", relation: "at-least", value: 128 }]);
  });

  it("has two sides where trials fail by two parameters together, as for want of memory", () => {
    const full = ({ width, batch }: Params): boolean => Number(width) > 600 && Number(batch) >= 128;
    const [found] = failurePatterns(study(300, full, 0.01), SPACE);
    const sides = [found!, found!.and!].map(({ parameter, relation }) => `${parameter} ${relation}`).sort();
    expect(sides).toEqual(["batch at-least", "width at-least"]);
    expect(found!.successesWith).toBeLessThan(4);
  });

  it("is found by chance in less than one of fifty studies", () => {
    const alarms = Array.from({ length: 300 }, (_, seed) =>
      failurePatterns(
        study(100, () => false, 0.2, seed),
        SPACE,
      ),
    ).filter((found) => found.length > 0).length;
    expect(alarms / 300).toBeLessThan(0.02);
  });
});
