import { expect, it } from "vitest";
import { defineSpace, float } from "../space/index.ts";
import type { ImportedTrial } from "../trial/imported-trial.ts";
import { checkImports } from "./check-imports.ts";

const space = defineSpace({ x: float(0, 1) });
const metrics = [
  { name: "loss", direction: "minimize" },
  { name: "acc", direction: "maximize" },
] as const;
const trial = (given: Partial<ImportedTrial>): ImportedTrial => ({
  params: { x: 0.5 },
  state: "complete",
  reports: [],
  startedAt: null,
  finishedAt: null,
  attributes: {},
  values: { loss: 1, acc: 2 },
  ...given,
});
const check = (...trials: readonly ImportedTrial[]): void => checkImports(trials, space, metrics);

it("takes what fits, and a failed trial without values", () => {
  check();
  check(trial({}), trial({ params: { x: 0 } }), trial({ state: "failed", values: {} }));
});

it("names the first that does not fit, by its place, with all that is wrong", () => {
  expect(() => check(trial({}), trial({ values: { loss: 1 } }))).toThrow("Trial 1 to import: It has no value of acc.");
  expect(() => check(trial({ params: { x: 7 }, values: {} }), trial({ values: {} }))).toThrow(
    /^Trial 0 to import: .*x.*7.* It has no value of loss\. It has no value of acc\.$/,
  );
});

const WIDE = { name: "x", domain: { type: "float", low: 0, high: 10 }, value: 7 };

it("takes trials by the domains they were chosen from, in the space or not", () => {
  const { params, ...rest } = trial({ params: {} });
  check({ ...rest, params, definitions: [WIDE] });
  check({ ...rest, params: { x: 1 }, definitions: [{ ...WIDE, name: "other" }] });
  check({ ...rest, params: {}, definitions: [{ ...WIDE, name: "other" }] });
  check({ ...rest, params: {}, definitions: [{ name: "one", domain: { type: "int", low: 3, high: 3 }, value: 3 }] });
});

it.each([
  [{ ...WIDE, value: 11 }, "x is 11; allowed: numbers from 0 to 10."],
  [{ ...WIDE, domain: { type: "float", low: 3, high: 3 } }, "x is 7; allowed: 3."],
  [{ ...WIDE, domain: { type: "float" } }, 'x has a domain that none can have: Parameter "x": low is missing'],
  [{ ...WIDE, domain: 5 }, "x has a domain that none can have: "],
  [{ ...WIDE, domain: { type: "int", low: 0, high: 10, step: 1 } }, 'write it as {"type":"int","low":0,"high":10}.'],
  [{ ...WIDE, name: "a b" }, 'a b has a domain that none can have: "a b" is no parameter name'],
])("refuses %j", (definition, words) => {
  expect(() => check(trial({ params: {}, definitions: [definition] }))).toThrow(words);
});

it("refuses what the space does not contain beside what was given with its domain", () => {
  expect(() => check(trial({ params: { x: 7 }, definitions: [{ ...WIDE, name: "y" }] }))).toThrow(/x is 7; allowed/);
  expect(() => check(trial({ params: { z: 7 }, definitions: [WIDE] }))).toThrow("z is no parameter of this space.");
});
