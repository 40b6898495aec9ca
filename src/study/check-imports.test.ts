import { expect, it } from "vitest";
import { defineSpace, float } from "../space/index.ts";
import type { ImportedTrial } from "../trial/command.ts";
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
