import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, float, int, oneOf } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import type { SamplerContext } from "../sampler-context.ts";
import { type FinishedRow, makeView } from "../testing/make-view.testing.ts";

const FRESH = { spaceVersion: 1, settingsVersion: 1 };
const CHANGED = { spaceVersion: 2, settingsVersion: 1 };
const METRICS = [{ name: "loss", direction: "minimize" }] as const;
const grid = (space: Space, context: SamplerContext, options: Record<string, JsonValue> = {}) =>
  createSampler({ name: "grid", options }, space, context);

samplerContract("grid", { objectives: "many", limits: true, make: (space) => grid(space, FRESH), finite: true });
samplerContract("grid on a changed study", {
  objectives: "many",
  limits: true,
  make: (space) => grid(space, CHANGED),
  finite: true,
});

const SPACE = defineSpace({
  model: oneOf({ mlp: { layers: int(1, 3) }, forest: { trees: choice([10, 100]), depth: int(2, 3) }, linear: {} }),
  l2: float(0.001, 0.1, { log: true }),
});

const row = (trial: number, params: Params): FinishedRow => ({
  trial,
  params,
  state: "complete",
  outcome: "ok",
  segment: 0,
  step: Number.NaN,
  values: [trial],
});

function ask(
  space: Space,
  context: SamplerContext,
  index: number,
  count: number,
  rows: Params[] = [],
  pending: Params[] = [],
) {
  const view = makeView({
    space,
    metrics: METRICS,
    rows: rows.map((params, i) => row(i, params)),
    pending: pending.map((params, i) => ({ number: rows.length + i, params })),
    revision: 5,
  });
  const streams = (trial: number) => keyedStreams(1, trial);
  const request = { space, metrics: METRICS, seed: 1, number: index, index, streams, remaining: null, inputs: {} };
  return grid(space, context, { points: { l2: 3 } })
    .suggest(view, request, count)
    .map(({ params }) => params);
}

describe("grid", () => {
  it("goes through the tree in plain order, the last parameter fastest, and ends", () => {
    const all = ask(SPACE, FRESH, 0, 100);
    expect(all).toHaveLength((3 + 2 * 2 + 1) * 3);
    expect(all.slice(0, 4)).toEqual([
      { model: "mlp", layers: 1, l2: 0.001 },
      { model: "mlp", layers: 1, l2: expect.closeTo(0.01, 12) },
      { model: "mlp", layers: 1, l2: 0.1 },
      { model: "mlp", layers: 2, l2: 0.001 },
    ]);
    expect(all.at(-1)).toEqual({ model: "linear", l2: 0.1 });
    expect(ask(SPACE, FRESH, 22, 5, all.slice(0, 22))).toEqual(all.slice(22));
    expect(ask(SPACE, FRESH, 24, 5, all)).toEqual([]);
  });

  it("leaves out what was tried or is under way, whoever proposed it", () => {
    const all = ask(SPACE, FRESH, 0, 100);
    const tried = [all[0]!, all[3]!, all[23]!];
    const pending = [all[1]!];
    const between = { model: "linear", l2: 0.05 };
    for (const context of [FRESH, CHANGED]) {
      const left = ask(SPACE, context, 0, 100, [...tried, between], pending);
      expect(left).toEqual(all.filter((cell) => ![...tried, ...pending].includes(cell)));
    }
    expect(ask(SPACE, { spaceVersion: 1, settingsVersion: 2 }, 0, 1, tried, pending)).toEqual([all[2]]);
  });

  it("tries a hidden trial's cell again", () => {
    const all = ask(SPACE, FRESH, 0, 100);
    const rows = all.slice(0, 5).map((params, i) => row(i, params));
    const sampler = grid(SPACE, CHANGED, { points: { l2: 3 } });
    const next = (hidden: number[]) => {
      const view = makeView({ space: SPACE, metrics: METRICS, rows, pending: [], revision: 9, hidden });
      const streams = (trial: number) => keyedStreams(1, trial);
      const request = {
        space: SPACE,
        metrics: METRICS,
        seed: 1,
        number: 5,
        index: 0,
        streams,
        remaining: null,
        inputs: {},
      };
      return sampler.suggest(view, request, 1)[0]!.params;
    };
    expect(next([])).toEqual(all[5]);
    expect(next([2])).toEqual(all[2]);
    expect(next([])).toEqual(all[5]);
  });

  it.each([
    [{ point: { l2: 3 } }, 'sampler grid has no option point; allowed are points. Did you mean "points"?'],
    [{ points: 3 }, "sampler grid: option points is 3; it takes an object"],
    [
      { points: { L2: 3 } },
      'points names L2, which is no parameter; there are model, layers, trees, depth, l2. Did you mean "l2"?',
    ],
    [{ points: { model: 2 } }, "only numeric parameters; model is categorical"],
    [{ points: { l2: 0.5 } }, "whole numbers from 1 to 10000"],
  ])("refuses the options %j", (options, message) => {
    expect(() => grid(SPACE, FRESH, options)).toThrow(message);
  });
});
