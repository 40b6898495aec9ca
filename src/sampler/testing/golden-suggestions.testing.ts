import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float, int, oneOf, ordinal } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Outcome, TrialState } from "../../trial/trial.ts";
import type { Sampler } from "../sampler.ts";
import { climbingRows } from "./climbing-rows.testing.ts";
import { type FinishedRow, makeView } from "./make-view.testing.ts";

const RECORD = {
  x: float(-3, 3),
  rate: float(1e-5, 1e-1, { log: true, orZero: true }),
  size: ordinal(["small", "medium", "large"]),
  model: oneOf({ mlp: { layers: int(1, 6), units: int(16, 512, { log: true }) }, forest: { share: float(0, 1) } }),
};

/** Spaces that suggestions are asked for in. */
export const GOLDEN_SPACES = {
  flat: defineSpace({ x: float(-3, 3), y: float(0, 1), n: int(1, 40), kind: choice(["a", "b", "c"]) }),
  branched: defineSpace(RECORD),
  constrained: defineSpace(RECORD, { where: ["x + layers < 4", "not (model == 'forest' and size == 'small')"] }),
  wide: defineSpace(Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`x${i}`, float(0, 1)]))),
  shared: defineSpace({ ...RECORD, epochs: int(1, 81, { log: true, fidelity: true }) }),
  discrete: defineSpace({ a: int(1, 7), b: float(0, 1, { step: 0.5 }), c: choice(["x", "y"]) }),
} as const;

export interface GoldenCase {
  readonly space: keyof typeof GOLDEN_SPACES;
  readonly options?: Readonly<Record<string, JsonValue>>;
  /** Trials that ended: some of them failed, were cut short, had no value or ran a configuration once more. */
  readonly rows: number;
  /** Whether the rows are of trials that climb from rung to rung, some of which fail or have no value. */
  readonly climbing?: boolean;
  readonly pending?: number;
  readonly direction?: "minimize" | "maximize";
  /** How many objectives, of alternate directions; one unless told. */
  readonly objectives?: number;
  /** Limits over the objectives `loss`, `loss1` and so on, and over `ms`. */
  readonly limits?: readonly string[];
  /** Trials for which one suggestion each is asked, one after the other. */
  readonly asked: number;
  /** How many are asked for at once. */
  readonly count?: number;
  /** What of a drawn configuration stands already. */
  readonly given?: readonly string[];
}

type Create = (options: Readonly<Record<string, JsonValue>>, space: Space) => Sampler;

/**
 * One test for each case. Digests are SHA-256 (12 digits) of suggestions: stored studies are replayed by them, so a change needs a new
 * ENGINE in `src/study/engine.ts`.
 */
export function goldenSuggestions(
  name: string,
  create: Create,
  cases: readonly (readonly [string, GoldenCase, string])[],
) {
  it.each(cases)(`${name} suggests the same bits as this engine always did: %s`, (_what, golden, digest) => {
    const text = JSON.stringify(suggestions(create, golden));
    expect(createHash("sha256").update(text).digest("hex").slice(0, 12)).toBe(digest);
  });
}

function suggestions(create: Create, golden: GoldenCase): readonly unknown[] {
  const { options = {}, pending = 0, limits, asked, count = 1, given } = golden;
  const space: Space = GOLDEN_SPACES[golden.space];
  const sampler = create(options, space);
  const metrics = metricsOf(golden);
  const rows = golden.climbing
    ? climbingRows(space, metrics, golden.rows, keyedStreams(25))
    : Array.from({ length: golden.rows }, (_, trial) => rowOf(space, trial, metrics.length));
  const waiting = Array.from({ length: pending }, (_, k) => ({
    number: rows.length + k,
    params: sampleUniform(space, keyedStreams(22, k)),
  }));
  const columns: readonly Metric[] =
    limits === undefined ? metrics : [...metrics, { name: "ms", direction: "minimize" }];
  const view = makeView({ space, metrics: columns, rows, pending: waiting, revision: 10_000 });
  return Array.from({ length: asked }, (_, k) => {
    const number = rows.length + pending + k;
    const streams = (trial: number) => keyedStreams(23, trial);
    const asking = { space, metrics, seed: 23, number, index: number, streams, remaining: null, inputs: {} };
    const request = limits === undefined ? asking : { ...asking, limits };
    if (given === undefined) return sampler.suggest(view, request, count);
    const drawn = sampleUniform(space, keyedStreams(24, k));
    const known = Object.fromEntries(Object.entries(drawn).filter(([name]) => given.includes(name)));
    return sampler.suggestGiven!(view, request, known);
  });
}

function metricsOf({ direction = "minimize", objectives = 1 }: GoldenCase): readonly Metric[] {
  const others = Array.from({ length: objectives - 1 }, (_none, k): Metric => {
    return { name: `loss${k + 1}`, direction: k % 2 === 0 ? "maximize" : "minimize" };
  });
  return [{ name: "loss", direction }, ...others];
}

/** With values of so many objectives, and one more for `ms`. */
function rowOf(space: Space, trial: number, objectives: number): FinishedRow {
  const params = sampleUniform(space, keyedStreams(21, trial % 5 === 4 ? trial - 3 : trial));
  const state: TrialState = trial % 7 === 5 ? "failed" : trial % 13 === 6 ? "pruned" : "complete";
  const outcome: Outcome = state === "failed" ? "error" : state === "pruned" ? "stopped" : "ok";
  const hasValue = state !== "failed" && trial % 11 !== 9;
  const loss = hasValue ? lossOf(params) + (trial % 3) / 64 : Number.NaN;
  const others = Array.from({ length: objectives }, (_none, k) => loss * (((trial * (k + 3)) % 8) + 1) - k);
  return { trial, params, state, outcome, segment: 0, step: trial % 4, values: [loss, ...others] };
}

/** From exact arithmetic alone. */
function lossOf(params: Params): number {
  let sum = 0;
  for (const value of Object.values(params)) {
    const x = typeof value === "number" ? value : value === true ? 1 : String(value).length / 8;
    sum += x > 1 ? 1 / x : (x - 0.3) * (x - 0.3);
  }
  return sum;
}
