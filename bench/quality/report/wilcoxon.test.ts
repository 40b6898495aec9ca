import { expect, it } from "vitest";
import { holm } from "./holm.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

/** scipy.stats.wilcoxon(d, zero_method="wilcox", correction=False, method="approx"), SciPy 1.17. */
const GOLDEN: readonly (readonly [readonly number[], number])[] = [
  [[0, 1.1, 0.6, -1, 1.2], 0.27332167829229814],
  [[0, -0.2, 0.9, 0.7, 0.6, 0.3, 0.8, -0.4, 0.1, -0.2, 0.9, 0.3], 0.050119308318426946],
];

it("has SciPy's p, with zeros and ties", () => {
  for (const [differences, p] of GOLDEN) expect(wilcoxonSignedRank(differences)).toBeCloseTo(p, 12);
});

it("says nothing when nothing differs", () => {
  expect(wilcoxonSignedRank([0, 0, 0])).toBe(1);
});

it("does not depend on which of two is named first", () => {
  const [differences] = GOLDEN[1]!;
  expect(wilcoxonSignedRank(differences.map((d) => -d))).toBe(wilcoxonSignedRank(differences));
});

it("corrects by Holm's rule: smallest times the count, never below an earlier one, at most 1", () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.9]);
  const wanted = [0.04, 0.09, 0.09, 0.9];
  for (const [i, value] of corrected.entries()) expect(value).toBeCloseTo(wanted[i]!, 12);
});
