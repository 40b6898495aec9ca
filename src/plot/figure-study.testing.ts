import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { choice, defineSpace, float, int, sampleUniform } from "../space/index.ts";
import type { Trial } from "../trial/trial.ts";
import type { FigureSource } from "./figure.ts";

export const figureSpace = defineSpace({
  lr: float(1e-4, 1, { log: true }),
  opt: choice(["adam", "stochastic gradient descent"]),
  momentum: float(0, 1, { when: { opt: "adam" } }),
  layers: int(1, 6),
});

const attempt = { index: 0, owner: { kind: "detached", token: "t" }, message: null, signal: null } as const;

/** Trials of which each fifth failed, with reports at three steps and an attempt each; `loss` goes by `lr`, `ms` by `layers`. */
export function figureTrials(count: number): readonly Trial[] {
  return Array.from({ length: count }, (_, number) => {
    const params = sampleUniform(figureSpace, keyedStreams(1, number));
    const [startedAt, endedAt] = [1000 * number, number === count - 1 ? null : 1000 * number + 1500];
    const outcome = number % 5 === 0 ? "exit-code" : "ok";
    const ended = { ...attempt, startedAt, endedAt, outcome, exitCode: null, checkpoint: null } as const;
    const segments = [{ index: 0, until: null, attempts: [ended] }];
    const off = Math.log10(Number(params.lr)) + 2;
    const value = off * off + (params.opt === "adam" ? 0 : 0.3);
    const reports = [1, 2, 3].map((step, seq) => ({ seq, step, values: { loss: value + 1 / step } }));
    const state = outcome === "ok" ? "complete" : "failed";
    const values: Trial["values"] =
      state === "complete" ? { loss: value, ms: Number(params.layers) * 2 + 1 / (1 + value) } : {};
    return { ...makeTrial(number, value, { params, segments, state, outcome, reports }), values };
  });
}

/** A study of one objective, or of two. */
export function figureStudy(count: number, objectives: 1 | 2 = 1): FigureSource {
  const trials = figureTrials(count);
  const metrics = [
    { name: "loss", direction: "minimize" as const },
    { name: "ms", direction: "minimize" as const },
  ].slice(0, objectives);
  return { metrics, limits: [], space: figureSpace, trials: () => trials };
}
