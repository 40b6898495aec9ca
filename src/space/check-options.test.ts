import { describe, expect, it } from "vitest";
import { checkOptions, either, OPTION, type OptionKind, orNull } from "./check-options.ts";

describe("kinds of options", () => {
  const { MAX_SAFE_INTEGER, NaN: none, POSITIVE_INFINITY: endless } = Number;
  it.each<[keyof typeof OPTION, readonly unknown[], readonly unknown[]]>([
    ["text", ["", "a"], [1, null, ["a"]]],
    ["yesOrNo", [true, false], [0, "true", null]],
    ["number", [0, -1.5], [none, endless, "1", null]],
    ["nonNegative", [0, 2.5, endless], [-0.5, none, "1"]],
    ["positive", [1e-9, 3], [0, -1, endless, none, "1"]],
    ["whole", [0, 7, MAX_SAFE_INTEGER], [-1, 0.5, MAX_SAFE_INTEGER + 1, "1"]],
    ["wholeFrom1", [1, 7], [0, -1, 1.5, "1"]],
    ["list", [[], [1]], [{}, "a", null]],
    ["record", [{}, { a: 1 }], [[], null, "a", 1]],
    ["function", [() => 1], [{}, "f"]],
    ["signal", [new AbortController().signal], [new AbortController(), null]],
  ])("%s takes some values and no others", (name, fits, others) => {
    for (const value of fits) expect(OPTION[name].fits(value)).toBe(true);
    for (const value of others) expect(OPTION[name].fits(value)).toBe(false);
  });

  it("can be joined, and take null", () => {
    const both = either(OPTION.text, OPTION.wholeFrom1);
    expect(["a", 1, 0, null].map(both.fits)).toEqual([true, true, false, false]);
    expect(both.takes).toBe("a text or a whole number from 1 up");
    const perhaps = orNull(OPTION.positive);
    expect([null, 1, 0, undefined].map(perhaps.fits)).toEqual([true, true, false, false]);
    expect(perhaps.takes).toBe("a finite number above 0, or null");
  });
});

describe("checkOptions", () => {
  const KINDS: { readonly [K in "trials" | "name"]: OptionKind } = { trials: OPTION.wholeFrom1, name: OPTION.text };
  const check = (given: unknown) => (): void => checkOptions("study.run", given, KINDS);

  it("takes what fits, and what was left out", () => {
    for (const given of [{}, { trials: 3 }, { trials: undefined, name: "a" }]) expect(check(given)).not.toThrow();
  });

  it.each<[unknown, string]>([
    [5, "The options of study.run are 5; give an object with any of trials, name."],
    [null, "The options of study.run are null; give an object with any of trials, name."],
    [[1], "The options of study.run are [1]; give an object with any of trials, name."],
    [{ trails: 5 }, 'study.run has no option trails; allowed are trials, name. Did you mean "trials"?'],
    [{ zzzzzz: undefined }, "study.run has no option zzzzzz; allowed are trials, name."],
    [{ toString: 1 }, "study.run has no option toString; allowed are trials, name."],
    [{ trials: 0 }, "study.run: trials is 0; give a whole number from 1 up."],
    [{ trials: Number.NaN }, "study.run: trials is NaN; give a whole number from 1 up."],
    [{ trials: "5" }, 'study.run: trials is "5"; give a whole number from 1 up.'],
    [{ trials: 1, name: 2 }, "study.run: name is 2; give a text."],
  ])("refuses %j in a sentence", (given, message) => {
    expect(check(given)).toThrow(expect.objectContaining({ code: "invalid-argument", message }));
  });

  it("names the option in the error's data", () => {
    const found = (given: unknown): unknown => {
      try {
        check(given)();
      } catch (error) {
        return error;
      }
      return null;
    };
    expect(found({ trails: 5 })).toMatchObject({ data: { option: "trails", allowed: ["trials", "name"] } });
    expect(found({ name: 5 })).toMatchObject({ data: { option: "name" } });
  });
});
