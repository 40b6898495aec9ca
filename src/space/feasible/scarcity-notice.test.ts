import { expect, it } from "vitest";
import { scarcityNotice } from "./scarcity-notice.ts";

const notice = (share: number, alone: number, without: number) =>
  scarcityNotice({ share, constraint: "a < b", alone, without });

it("says how little is allowed, by which constraint, and what would be without it", () => {
  expect(notice(1 / 1234, 0.004, 0.25)).toBe(
    'The space is nearly empty: of the configurations in its ranges about 1 in 1,200 is allowed. The constraint "a < b" ' +
      "leaves the least: about 1 in 250 satisfies it, without it 25 % would be. Suggestions keep to what is left; if that is not meant, " +
      "change the constraint or the ranges.",
  );
  expect(notice(0.001, 0.001, 1)).toContain("without it nothing would be ruled out.");
});

it.each([
  [0.1, "10 %"],
  [0.0999, "about 1 in 10"],
  [1e-6, "about 1 in 1,000,000"],
  [1e-12, "about 1 in 1,000,000,000,000"],
  [0.99e-12, "hardly any"],
  [0, "hardly any"],
])("%d is %s", (share, words) => expect(notice(share, 0.5, 0.5)).toContain(`its ranges ${words} is allowed`));
