import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float } from "../../space/index.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import { makeView } from "../testing/make-view.testing.ts";
import { makeRows } from "../testing/odd-histories.testing.ts";

/** A short search: the rules do not depend on how long it is. */
const SHORT = { random: 40, mutations: 20, climbs: 1 };

samplerContract("auto", {
  objectives: "many",
  limits: true,
  make: (space) => createSampler({ name: "auto", options: SHORT }, space),
});

it.each([
  [40, "gp"],
  [1000, "tpe"],
])("suggests after %i trials what %s does", (count, member) => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
  const metrics = [{ name: "loss", direction: "minimize" }] as const;
  const rows = makeRows(space, metrics, "mixed", count, keyedStreams(3, "mixed"));
  const view = makeView({ space, metrics, rows, pending: [], revision: count + 1 });
  const streams = (trial: number) => keyedStreams(5, trial);
  const request = { space, metrics, seed: 5, number: count, index: count, streams, remaining: null, inputs: {} };
  const of = (name: string) => createSampler({ name, options: {} }, space).suggest(view, request, 1)[0]!.params;
  expect(of("auto")).toEqual(of(member));
});

it.each([
  [40, 2, [], "gp"],
  [400, 1, ["m0 <= 0"], "tpe"],
  [400, 3, [], "nsga2"],
  [400, 4, ["m0 <= 0"], "nsga3"],
])(
  "suggests after %i trials with %i objectives and the limits %j what %s does",
  (count, objectives, limits, member) => {
    const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
    const metrics = Array.from({ length: objectives }, (_none, k) => ({
      name: `m${k}`,
      direction: "minimize" as const,
    }));
    const rows = makeRows(space, metrics, "mixed", count, keyedStreams(3, "mixed"));
    const view = makeView({ space, metrics, rows, pending: [], revision: count + 1 });
    const streams = (trial: number) => keyedStreams(5, trial);
    const asked = {
      space,
      metrics,
      limits,
      seed: 5,
      number: count,
      index: count,
      streams,
      remaining: null,
      inputs: {},
    };
    const of = (name: string, options = {}) =>
      createSampler({ name, options }, space).suggest(view, asked, 1)[0]!.params;
    expect(of("auto", SHORT)).toEqual(of(member, member === "gp" ? SHORT : {}));
  },
);
