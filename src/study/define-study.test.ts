import { describe, expect, it } from "vitest";
import { choice, defineSpace, float, int } from "../space/index.ts";
import { defineStudy, toSpace } from "./define-study.ts";
import type { StudyOptions } from "./study-options.ts";
import { NEWEST_WRITING } from "./writing.ts";

const space = { x: float(0, 1) };
const define = (options: Partial<StudyOptions>) => defineStudy({ name: "s", space, minimize: "loss", ...options });

describe("a study's definition", () => {
  it("is made of its options, in the form that is kept", () => {
    const command = { argv: ["train", "{x}"] };
    expect(define({ seed: 0, command, extra: { note: "a" } })).toEqual({
      name: "s",
      metrics: [{ name: "loss", direction: "minimize" }],
      space: expect.objectContaining({ parameters: [expect.objectContaining({ name: "x" })] }),
      settings: {
        sampler: { name: "auto", options: {} },
        scheduler: { name: "none", options: {} },
        command,
        extra: { note: "a", writing: NEWEST_WRITING },
      },
      seed: 0,
    });
    expect(define({}).settings.command).toBeNull();
    const maximized = defineStudy({ name: "s", space, maximize: "acc" });
    expect(maximized.metrics).toEqual([{ name: "acc", direction: "maximize" }]);
    const listed = defineStudy({ name: "s", space, metrics: [{ name: "acc", direction: "maximize" }] });
    expect(listed.metrics).toEqual(maximized.metrics);
  });

  it("keeps the options of a sampler apart from its name", () => {
    expect(define({ sampler: { name: "grid", points: { x: 3 } } }).settings.sampler).toEqual({
      name: "grid",
      options: { points: { x: 3 } },
    });
    expect(define({ sampler: "random" }).settings.sampler).toEqual({ name: "random", options: {} });
  });

  it("draws a seed that is short enough to type where none is given, another one each time", () => {
    const seeds = Array.from({ length: 20 }, () => define({}).seed);
    expect(new Set(seeds).size).toBeGreaterThan(15);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });

  it.each<readonly [string, Partial<StudyOptions>, string]>([
    [
      "no metric",
      { minimize: undefined } as never,
      "No metric is given; name at least one to minimize or to maximize.",
    ],
    ["one metric twice", { maximize: "loss" }, "loss is given twice; name each objective once."],
    ["a seed below 0", { seed: -1 }, "Seed -1 is not allowed; give a whole number from 0 to 2^53 - 1."],
    ["a seed that is not whole", { seed: 0.5 }, "Seed 0.5 is not allowed"],
    ["a seed too large", { seed: 2 ** 53 }, "Seed 9007199254740992 is not allowed"],
    ["no name", { name: undefined } as never, "The study has no name; give it one as name."],
    ["a name with a slash", { name: "a/b" }, '"a/b" cannot name a study'],
    ["a name that begins with a space", { name: " a" }, '" a" cannot name a study'],
    ["a name too long", { name: "n".repeat(201) }, "cannot name a study; allowed are 1 to 200 characters"],
    ["an unknown sampler", { sampler: "gridd" }, "gridd"],
    ["an unknown scheduler", { scheduler: "medain" }, "medain"],
    ["a time to think that is none", { sampler: { name: "gp", think: "61s" } }, 'think is "61s"'],
    [
      "a grid of nothing",
      { sampler: "grid", space: {} },
      "The grid sampler must know every parameter before the first trial, and the study declares none; give the parameters as space",
    ],
  ])("is refused with %s", (_, options, words) => expect(() => define(options)).toThrow(words));

  it("takes a name of 200 characters, and the largest seed", () => {
    expect(define({ name: "n".repeat(200), seed: 2 ** 53 - 1 })).toMatchObject({ seed: 2 ** 53 - 1 });
  });
});

it("puts constraints on a space of either form, and takes a finished one as it is without", () => {
  const finished = defineSpace({ a: int(0, 9), b: choice([1, 2]) }, { where: ["a > b"] });
  expect(toSpace(finished)).toBe(finished);
  expect(toSpace(finished, ["a < 5"]).where).toEqual(["a > b", "a < 5"]);
  expect(toSpace({ a: int(0, 9) }, ["a < 5"]).where).toEqual(["a < 5"]);
});

describe("parts of a definition", () => {
  it("keeps limits and what grows where there are any, each name once, and no goals of its own", () => {
    expect(define({ limits: ["ms <= 5"], grows: ["loss", "loss"] }).settings).toMatchObject({
      limits: ["ms <= 5"],
      grows: ["loss"],
    });
    const { settings, metrics } = define({ goals: ["loss <= 0.5"], limits: [], grows: [] });
    for (const key of ["limits", "grows", "goals"]) expect(settings).not.toHaveProperty(key);
    expect(metrics).toEqual([{ name: "loss", direction: "minimize", goal: 0.5 }]);
  });

  it.each<readonly [Partial<StudyOptions>, string]>([
    [{ grows: ["__proto__"] }, "__proto__"],
    [{ minimize: "__proto__" }, "__proto__"],
    [
      { where: ["loss < 1"] },
      'The constraint "loss < 1": loss is a result, and a constraint looks at parameters alone; give it as limits.',
    ],
    [{ where: ["x > 0", "x + loss < 1"] }, "loss is a result"],
    [{ space: defineSpace(space), where: ["loss < 1"] }, "loss is a result"],
    [{ metrics: [{ name: "ms", direction: "minimize", gaol: 1 }] as never }, "The metric ms"],
    [{ minimize: ["loss", "ms"], scheduler: "wilcoxon" }, "wilcoxon"],
  ])("refuses %j", (options, words) => expect(() => define(options)).toThrow(words));

  it("takes a constraint on a parameter that is called as a metric is, and one that is a function", () => {
    const both = { space: { x: float(0, 1), loss: float(0, 1) }, where: ["loss < x"] };
    expect(define(both).space).toMatchObject({ where: ["loss < x"] });
    expect(define({ space: defineSpace(both.space), where: ["loss < x"] }).space).toMatchObject({
      where: ["loss < x"],
    });
    const made = define({ where: [({ x }: { x: number }) => x > 0.5, "x < 0.9"] as never });
    expect(made.space).toMatchObject({ where: [expect.any(String), "x < 0.9"] });
  });

  it("takes a parameter called parameters for one", () => {
    expect(toSpace({ parameters: float(0, 1) }).parameters).toMatchObject([{ name: "parameters" }]);
  });
});
