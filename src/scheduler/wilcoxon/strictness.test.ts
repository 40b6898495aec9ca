import { describe, expect, it } from "vitest";
import { OptionReader } from "../../component/option-reader.ts";
import { signedRankTest } from "../../numeric/stats/signed-rank.ts";
import { earliestStop, readStrictness, strictnessAt } from "./strictness.ts";

const read = (options: Readonly<Record<string, number>> = {}) =>
  readStrictness(new OptionReader("scheduler wilcoxon", options));

describe("how strict wilcoxon is", () => {
  it("lets few parts be enough where there are few, and takes what is given at its word", () => {
    const at = (parts: number, options = {}) => Object.values(strictnessAt(read(options), parts));
    expect([3, 5, 6, 7, 8, 50].map((parts) => at(parts))).toEqual([
      [0.13, 3],
      [0.13, 3],
      [0.07, 4],
      [0.07, 4],
      [0.05, 5],
      [0.05, 5],
    ]);
    expect(at(5, { level: 0.05 })).toEqual([0.05, 3]);
    expect(at(5, { startup: 2 })).toEqual([0.13, 2]);
    expect(at(100, { level: 0.2, startup: 9 })).toEqual([0.2, 9]);
  });

  it("stops a trial that is worse everywhere as soon as the test can say so", () => {
    const given: readonly Readonly<Record<string, number>>[] = [
      ...[{}, { level: 0.3 }, { startup: 2 }, { level: 0.01 }, { level: 0.5 }, { level: 0.25 }],
    ];
    for (const options of given)
      for (let parts = 1; parts <= 12; parts++) {
        const { level, startup } = strictnessAt(read(options), parts);
        let first: number | null = null;
        for (let seen = startup; seen < parts && first === null; seen++)
          if (signedRankTest(Array.from({ length: seen }, (_none, k) => k + 1)) < level) first = seen;
        expect([options, parts, earliestStop(read(options), parts)]).toEqual([options, parts, first]);
      }
    expect([1, 2, 3, 4, 5, 6, 8, 10].map((parts) => earliestStop(read(), parts))).toEqual([
      ...[null, null, null, 3, 3, 4, 5, 5],
    ]);
  });
});
