import type { StreamSource } from "../../numeric/random/stream-source.ts";
import { decodeValue } from "../../space/encode-value.ts";
import type { Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import { toUnit } from "../../space/unit-cube.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { SamplerEntry } from "../registry.ts";
import type { Sampler, SuggestRequest } from "../sampler.ts";

const FIT_EVERY = 4;
const CANDIDATES = 6;

interface Fit {
  readonly rows: readonly number[];
  readonly weights: Float64Array;
}

/** One parameter's place in [0, 1], centred; 0 where it has none. */
function feature(parameter: Parameter, code: number): number {
  const known = parameter.type === "float" || parameter.type === "int" || Number.isInteger(code);
  if (!known || Number.isNaN(code)) return 0;
  try {
    return toUnit(parameter, decodeValue(parameter, code)) - 0.5;
  } catch (error) {
    if (error instanceof RangeError) return 0; // a choice that an older space had
    throw error;
  }
}

/** Few steps of gradient descent, so that the outcome does depend on where it starts. */
function refit(start: Float64Array, view: HistoryView, request: SuggestRequest, count: number): Float64Array {
  const weights = start.slice();
  const { parameters } = request.space;
  const values = view.columns.values[request.metrics[0]!.name]!;
  for (let step = 0; step < 3; step++)
    for (const row of view.rows.subarray(0, count)) {
      const value = values[row]!;
      if (!Number.isFinite(value)) continue;
      const x = parameters.map((p) => feature(p, view.columns.params[p.name]?.[row] ?? Number.NaN));
      const error = Math.tanh(value) - x.reduce((sum, xi, i) => sum + xi * weights[i]!, 0);
      for (const [i, xi] of x.entries()) weights[i] = weights[i]! + 0.1 * error * xi;
    }
  return weights;
}

function choose(request: SuggestRequest, number: number, weights: Float64Array): Params {
  const source = request.streams(number);
  let best: Params = {};
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < CANDIDATES; k++) {
    const own: StreamSource = { stream: (key) => source.stream(`${k}/${key}`) };
    const params = sampleUniform(request.space, own);
    let score = 0;
    for (const [i, p] of request.space.parameters.entries())
      if (Object.hasOwn(params, p.name)) score += weights[i]! * (toUnit(p, params[p.name]!) - 0.5);
    if (score >= least) continue;
    least = score;
    best = params;
  }
  return best;
}

function sampler(name: string, model: (view: HistoryView, request: SuggestRequest) => Float64Array): Sampler {
  return {
    name,
    needsView: true,
    suggest: (view, request, count) => {
      const weights = model(view, request);
      return Array.from({ length: count }, (_, k) => ({ params: choose(request, request.number + k, weights) }));
    },
  };
}

/** A model refitted at every fourth row, each fit begun where the one before ended; kept fits count only while their rows stand. */
export const WARM_MODEL: SamplerEntry = {
  name: "warm-model",
  create: () => {
    let fits: Fit[] = [];
    return sampler("warm-model", (view, request) => {
      const stale = fits.findIndex((fit) => fit.rows.some((row, i) => view.rows[i] !== row));
      if (stale >= 0) fits = fits.slice(0, stale);
      const due = Math.floor(view.rows.length / FIT_EVERY);
      while (fits.length < due) {
        const count = (fits.length + 1) * FIT_EVERY;
        const start = fits.at(-1)?.weights ?? new Float64Array(request.space.parameters.length);
        fits.push({ rows: [...view.rows.subarray(0, count)], weights: refit(start, view, request, count) });
      }
      return due === 0 ? new Float64Array(request.space.parameters.length) : fits[due - 1]!.weights;
    });
  },
};

/** Wrong on purpose: it fits whenever it is asked and goes on from whatever it had, so that its past shows. */
export const FORGETFUL_MODEL: SamplerEntry = {
  name: "forgetful-model",
  create: () => {
    let weights: Float64Array | null = null;
    return sampler("forgetful-model", (view, request) => {
      weights = refit(weights ?? new Float64Array(request.space.parameters.length), view, request, view.rows.length);
      return weights;
    });
  },
};
