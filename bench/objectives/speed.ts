/**
 * Processor time of a suggestion of `gp` with two objectives and a limit over ten mixed parameters: `node bench/objectives/speed.ts [--sizes 100,300] [--steps 9]`. After
 * so many random trials; the first suggestion, which fits from nothing, is left out.
 */
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { createSampler } from "../../src/sampler/registry.ts";
import { choice, defineSpace, float, int, type Params, sampleUniform } from "../../src/space/index.ts";
import { plainly } from "../support/plainly.ts";
import { type Figure, report } from "../support/report.ts";
import { medianInterval } from "../support/statistics.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { GrowingHistory } from "./growing-view.ts";

const SPACE = defineSpace({
  ...Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, float(0, 1)])),
  ...Object.fromEntries(["e", "f"].map((name) => [name, float(1e-4, 1, { log: true })])),
  ...{ g: int(1, 9), h: int(1, 99), i: choice(["x", "y", "z"]), j: choice(["p", "q"]) },
});
const METRICS = ["u", "v"].map((name) => ({ name, direction: "minimize" as const }));
const LIMITS = ["ms <= 6"];
/** Seconds wanted at most, by number of trials. */
const MOST: Readonly<Record<number, number>> = { 100: 0.08, 300: 0.2 };

function valuesOf(params: Params): readonly number[] {
  const [a, b, c, d, g, h] = ["a", "b", "c", "d", "g", "h"].map((name) => Number(params[name]));
  const off = (b! - 0.4) ** 2 + (c! - 0.6) ** 2 + g! / 30 + (params.i === "x" ? 0 : 0.1);
  return [a! + off, 1 - a! + off, 10 * d! + h! / 50];
}

function figureOf(size: number, steps: number): Figure {
  const history = new GrowingHistory(SPACE, ["u", "v", "ms"], size + steps + 1);
  const streams = (trial: number) => keyedStreams(1, trial);
  for (let trial = 0; trial < size; trial++) {
    const params = sampleUniform(SPACE, streams(trial));
    history.add(params, valuesOf(params));
  }
  const sampler = createSampler({ name: "gp", options: {} }, SPACE);
  const seconds = Array.from({ length: steps + 1 }, (_none, k) => {
    const asked = { space: SPACE, metrics: METRICS, limits: LIMITS, seed: 1, remaining: null, inputs: {} };
    const begin = process.cpuUsage();
    const suggested = sampler.suggest(history.view(), { ...asked, number: size + k, index: size + k, streams }, 1);
    const { user, system } = process.cpuUsage(begin);
    history.add(suggested[0]!.params, valuesOf(suggested[0]!.params));
    return (user + system) / 1e6;
  });
  const { middle, low, high } = medianInterval(seconds.slice(1));
  const most = MOST[size];
  const wanted = most === undefined ? {} : { wanted: { most } };
  return { name: `gp, two objectives and a limit, ${size} trials`, value: middle, low, high, unit: "s", ...wanted };
}

await plainly(() => {
  const { values } = parseArgs({
    options: { sizes: { type: "string", default: "100,300" }, steps: { type: "string", default: "9" } },
  });
  const steps = wholeNumber("steps", values.steps, 1);
  const sizes = values.sizes.split(",").map((text) => wholeNumber("sizes", text, 2));
  report(
    "objectives-speed",
    tmpdir(),
    sizes.map((size) => figureOf(size, steps)),
  );
});
