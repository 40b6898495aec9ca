import { expect, it } from "vitest";
import { choice, defineSpace, float, type Parameter, parameterOf } from "../space/index.ts";
import type { Definition, Trial } from "../trial/trial.ts";
import { standingValues } from "./standing-values.ts";

const fixed = parameterOf("n", { type: "fixed", value: 3 });
const declared = defineSpace({ x: float(0, 1), opt: choice(["a", "b"]) });
const space = { ...declared, parameters: [...declared.parameters, fixed] };
const wide = (name: string): Parameter => parameterOf(name, { type: "float", low: 0, high: 10 });

const trialOf = (params: Trial["params"], offered?: Trial["offered"]): Trial =>
  ({ params, ...(offered && { offered }) }) as unknown as Trial;

/** Names, values and ends of what stands. */
function standing(
  trial: Trial,
  asked: readonly Definition[],
  known: Readonly<Record<string, Parameter>>,
  wanted = "wanted",
): readonly unknown[] {
  return standingValues(wanted, trial, space, asked, (name) => known[name] ?? null).map(({ parameter, value }) => [
    parameter.name,
    value,
    parameter.type === "float" ? [parameter.low, parameter.high] : parameter.type,
  ]);
}

const asFloat = (low: number, high: number) => ({ type: "float", low, high });

it("are what is declared and has a value, but for what never varies", () => {
  expect(standing(trialOf({ x: 0.5, opt: "a", n: 3 }), [], {})).toEqual([
    ["x", 0.5, [0, 1]],
    ["opt", "a", "categorical"],
  ]);
  expect(standing(trialOf({ opt: "b" }), [], {})).toEqual([["opt", "b", "categorical"]]);
  expect(standing(trialOf({ x: 7 }), [], {})).toEqual([]);
});

it("are what was asked for, in its own range and that of all trials together", () => {
  const asked = [
    { name: "r", domain: asFloat(5, 20), value: 15 },
    { name: "stranger", domain: asFloat(0, 1), value: 0.5 },
    { name: "none-of-ours", domain: null, value: 1 },
  ];
  const known = { r: wide("r"), "none-of-ours": wide("none-of-ours") };
  expect(standing(trialOf({}), asked, known)).toEqual([["r", 15, [0, 20]]]);
});

it("are, of a range of one value, what all trials together have, where it is one of these", () => {
  const single = (value: number) => [{ name: "r", domain: asFloat(value, value), value }];
  expect(standing(trialOf({}), single(4), { r: wide("r") })).toEqual([["r", 4, [0, 10]]]);
  expect(standing(trialOf({}), single(40), { r: wide("r") })).toEqual([]);
});

it("are what is kept and was not asked for yet, where its name is known and not taken", () => {
  const kept = trialOf({ x: 0.5 }, { later: 3, wanted: 4, r: 5, x: 6, stranger: 7 });
  const asked = [{ name: "r", domain: asFloat(0, 10), value: 1 }];
  const known = { later: wide("later"), wanted: wide("wanted"), r: wide("r"), x: wide("x") };
  expect(standing(kept, asked, known)).toEqual([
    ["x", 0.5, [0, 1]],
    ["r", 1, [0, 10]],
    ["later", 3, [0, 10]],
  ]);
});

it("depend on nothing any more", () => {
  const conditional = defineSpace({ opt: choice(["a", "b"]), x: float(0, 1, { when: { opt: "a" } }) });
  const [, x] = standingValues("wanted", trialOf({ opt: "a", x: 0.5 }), conditional, [], () => null);
  expect(x?.parameter).toMatchObject({ name: "x", when: [] });
});
