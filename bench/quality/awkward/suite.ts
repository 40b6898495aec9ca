import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { choice, defineSpace, float, type Space } from "../../../src/space/index.ts";
import type { Params } from "../../../src/space/json.ts";
import { sampleUniform } from "../../../src/space/sample-uniform.ts";
import type { BenchTask, EarlierTrial } from "../runner/bench-task.ts";
import { medianOfDraws } from "../runner/median-of-draws.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suite.ts";
import { makeLandscape } from "../synthetic/landscape.ts";
import { SYNTHETIC_SPACES } from "../synthetic/spaces.ts";

/** A case that engines stumble over. */
interface AwkwardCase {
  readonly budget: number;
  readonly space: () => Space;
  /** Loss of a configuration, at least 0; the landscape of the suite synthetic where there is none. */
  readonly loss?: (space: Space, seed: number) => (params: Params) => number;
  /** What becomes of the value (larger is better) of the trial with that place in the run, from 0. */
  readonly told?: (value: number, place: number) => number;
  readonly earlier?: (space: Space, seed: number, value: (params: Params) => number) => readonly EarlierTrial[];
}

const numbers = (count: number) =>
  defineSpace(Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i + 1}`, float(0, 1)])));

const letters = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);

const kinds = (count: number) =>
  defineSpace(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i + 1}`, choice(letters(2 + (i % 4)))])));

const mixed = SYNTHETIC_SPACES["mixed-10"]!.space;

/** Squared distance from a random point, in the first `active` numbers. */
const bowl = (active: number) => (_: Space, seed: number) => {
  const stream = keyedStreams(seed, "awkward").stream("bowl");
  const center = Array.from({ length: active }, () => stream.float());
  return (params: Params) =>
    center.reduce((total, at, i) => total + (Number(params[`x${i + 1}`]) - at) * (Number(params[`x${i + 1}`]) - at), 0);
};

function drawn(count: number, space: Space, seed: number, value: (params: Params) => number): readonly EarlierTrial[] {
  return Array.from({ length: count }, (_, i) => {
    const params = sampleUniform(space, keyedStreams(seed, "earlier", i));
    return { params, value: value(params) };
  });
}

const CASES: Readonly<Record<string, AwkwardCase>> = {
  "1-dimension": { budget: 30, space: () => numbers(1), loss: bowl(1) },
  "20-dimensions": { budget: 60, space: () => numbers(20), loss: bowl(20) },
  "100-dimensions": { budget: 60, space: () => numbers(100), loss: bowl(100) },
  "2-active-of-20": { budget: 60, space: () => numbers(20), loss: bowl(2) },
  "50-categorical": { budget: 60, space: () => kinds(50) },
  "1000-choices": {
    budget: 60,
    space: () => defineSpace({ item: choice(letters(1000)), x1: float(0, 1), x2: float(0, 1) }),
  },
  constant: { budget: 40, space: mixed, loss: () => () => 1 },
  "all-failing": { budget: 40, space: mixed, told: () => Number.NaN },
  "values-1e-12": { budget: 60, space: mixed, told: (value) => 1e-12 * value },
  "values-1e12": { budget: 60, space: mixed, told: (value) => 1e12 * value },
  "outlier-1e30": { budget: 60, space: mixed, told: (value, place) => (place === 7 ? -1e30 : value) },
  "nan-every-third": { budget: 60, space: mixed, told: (value, place) => (place % 3 === 2 ? Number.NaN : value) },
  "one-point-40-times": {
    budget: 60,
    space: mixed,
    earlier: (space, seed, value) => Array.from({ length: 40 }, () => drawn(1, space, seed, value)[0]!),
  },
  "imported-5000": {
    budget: 20,
    space: mixed,
    earlier: (space, seed, value) => drawn(5000, space, seed, value),
  },
};

/** Cases that none may break on, and in which no sampler may be worse than random search. */
export function awkwardSuite(): Suite {
  return {
    name: "awkward",
    description:
      "cases that engines stumble over: 1 to 100 dimensions, few active ones, many categories, constant and failing objectives, extreme values, histories of one point or of 5,000 trials",
    scoring: {
      loss: { name: "regret", of: (task, score) => (Number.isNaN(score) ? 1 : normalisedRegret(task, score)) },
    },
    tasks: () => Object.entries(CASES).map(([name, awkward]) => toTask(name, awkward)),
  };
}

function toTask(name: string, { budget, space: makeSpace, loss, told, earlier }: AwkwardCase): BenchTask {
  return {
    scenario: "awkward",
    instance: name,
    budget,
    conditions: 0,
    best: 0,
    median: -1,
    open: async (seed) => {
      const space = makeSpace();
      const of = loss?.(space, seed) ?? makeLandscape(space, keyedStreams(seed, "awkward", name));
      const median = medianOfDraws(space, of, `awkward-${name}`, seed);
      const score = (params: Params) => -of(params) / median;
      const before = earlier?.(space, seed, score) ?? [];
      return {
        space,
        earlier: before,
        evaluate: (params, trial) => {
          const value = score(params);
          return { score: value, value: told?.(value, trial - before.length) ?? value };
        },
      };
    },
  };
}
