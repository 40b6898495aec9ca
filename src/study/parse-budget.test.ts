import { expect, it } from "vitest";
import { parseBudget } from "./parse-budget.ts";

it.each([
  ["2000 steps", "steps", 2000],
  ["1 step", "steps", 1],
  [" 1e4steps ", "steps", 10_000],
  ["30 runs", "runs", 30],
  ["2.5 runs", "runs", 2.5],
  [".5 run", "runs", 0.5],
  ["2h", "seconds", 7200],
  ["1h30m", "seconds", 5400],
  ["90", "seconds", 90],
  [90, "seconds", 90],
])("reads %j as %s %d", (given, unit, amount) => {
  expect(parseBudget(given)).toEqual({ unit, amount });
});

it.each([
  "",
  "steps",
  "0 runs",
  "-3 runs",
  "30 run s",
  "30 epochs",
  "2h 3 runs",
  "1e999 steps",
  "NaN",
  0,
  -1,
  null,
  true,
  ["30 runs"],
])("reads %j as nothing", (given) => {
  expect(parseBudget(given)).toBeNull();
});
