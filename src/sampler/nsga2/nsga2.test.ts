import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float } from "../../space/index.ts";
import { samplerContract } from "../sampler.contract.ts";
import { makeView } from "../testing/make-view.testing.ts";
import { findsTradeOffs } from "../testing/many-objectives.testing.ts";
import { createNsga2 } from "./nsga2.ts";

samplerContract("nsga2", { objectives: "many", limits: true, make: (space) => createNsga2({ population: 12 }, space) });

findsTradeOffs("nsga2", { make: (space) => createNsga2({ population: 20 }, space), trials: 250, wins: 5 });

it("makes children however many trials are under way", () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
  const metrics = [
    { name: "a", direction: "minimize" },
    { name: "b", direction: "minimize" },
  ] as const;
  const rows = Array.from({ length: 20 }, (_none, trial) => ({
    ...{ trial, params: { x: 0.5 + trial / 1000, y: 0.25 }, values: [trial, -trial] },
    ...({ state: "complete", outcome: "ok", segment: 0, step: Number.NaN } as const),
  }));
  const pending = Array.from({ length: 500 }, (_none, k) => ({ number: 20 + k, params: { x: k / 500, y: 0.9 } }));
  const view = makeView({ space, metrics, rows, pending, revision: 1000 });
  const streams = (trial: number) => keyedStreams(1, trial);
  const request = { space, metrics, seed: 1, number: 520, index: 520, streams, remaining: null, inputs: {} };
  const made = createNsga2({ mutationIndex: 1000 }, space).suggest(view, request, 20);
  for (const { params } of made) {
    expect(Math.abs(Number(params.x) - 0.51)).toBeLessThan(0.02);
    expect(Math.abs(Number(params.y) - 0.25)).toBeLessThan(0.01);
  }
  expect(new Set(made.map(({ params }) => params.x)).size).toBeGreaterThan(10);
});

it.each([
  [{ population: 3 }, "sampler nsga2: option population is 3; it takes a whole number from 4 to 10000."],
  [{ crossover: 1.5 }, "sampler nsga2: option crossover is 1.5; it takes a number from 0 to 1."],
  [{ size: 10 }, "sampler nsga2 has no option size"],
])("refuses %j", (options, message) => {
  expect(() => createNsga2(options, defineSpace({ x: float(0, 1) }))).toThrow(message);
});
