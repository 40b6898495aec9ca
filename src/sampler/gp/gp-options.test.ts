import { describe, expect, it } from "vitest";
import { readGpOptions } from "./gp-options.ts";

const NONE = { initial: null, random: null, mutations: null, climbs: null, operations: null, think: null };

describe("options of gp", () => {
  it("are all left to it where nothing is said", () => {
    expect(readGpOptions({})).toEqual(NONE);
    expect(readGpOptions({ think: "10ms" })).toEqual({ ...NONE, think: "10ms" });
  });

  it.each([
    ["initial", 1, 1_000],
    ["random", 1, 100_000],
    ["mutations", 0, 100_000],
    ["climbs", 0, 100],
    ["operations", 1, Number.MAX_SAFE_INTEGER],
  ] as const)("take %s from %d to %d, whole", (name, low, high) => {
    for (const value of [low, high]) expect(readGpOptions({ [name]: value })).toEqual({ ...NONE, [name]: value });
    for (const value of [low - 1, high + 1, low + 0.5, "3", true]) {
      expect(() => readGpOptions({ [name]: value })).toThrow(`sampler gp: option ${name} is`);
      expect(() => readGpOptions({ [name]: value }, "sampler auto")).toThrow(`sampler auto: option ${name} is`);
    }
  });

  it("are refused by name where there is none such", () => {
    expect(() => readGpOptions({ climb: 3 })).toThrow(/sampler gp has no option climb;.* Did you mean "climbs"/);
  });
});
