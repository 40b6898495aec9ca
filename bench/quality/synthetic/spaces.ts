import type { Definition, SpaceRecord } from "../../../src/space/definition.ts";
import { boolean, choice, defineSpace, float, int, oneOf, ordinal, type Space } from "../../../src/space/index.ts";

function repeated(count: number, prefix: string, make: (i: number) => Definition): SpaceRecord {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i + 1}`, make(i)]));
}

const letters = (count: number) => Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i));
const rate = () => float(1e-5, 1, { log: true });

const MIXED: SpaceRecord = {
  ...repeated(4, "share", () => float(0, 1)),
  ...repeated(2, "rate", rate),
  ...repeated(2, "count", () => int(1, 200, { log: true })),
  ...repeated(2, "kind", () => choice(letters(4))),
};

const booster = (): SpaceRecord => ({
  rounds: int(10, 2000, { log: true }),
  eta: float(1e-3, 1, { log: true }),
  subsample: float(0.1, 1),
  booster: oneOf({
    tree: { depth: int(1, 15), leaves: int(2, 256, { log: true }), gamma: rate(), policy: choice(["depth", "loss"]) },
    dart: { dropRate: float(0, 1), skip: float(0, 1), normalise: choice(["tree", "forest"]) },
    linear: { selector: choice(letters(4)) },
  }),
});

const network = (): SpaceRecord => ({
  layers: int(1, 4),
  width: int(8, 512, { log: true }),
  activation: choice(["relu", "tanh", "gelu"]),
  batch: int(8, 512, { log: true }),
  optimizer: oneOf({
    sgd: { rate: rate(), momentum: float(0, 0.99), nesterov: boolean() },
    adam: { rate: rate(), beta1: float(0.5, 0.99), beta2: float(0.9, 0.999) },
    lbfgs: { memory: int(3, 30) },
  }),
  regularise: oneOf({ none: {}, dropout: { share: float(0, 0.8) }, decay: { strength: rate() } }),
});

/** A pipeline of 38 parameters, of which between 7 and 15 are active at once. */
const NESTED: SpaceRecord = {
  scaling: choice(["none", "standard", "robust"]),
  sampling: float(0.1, 1),
  learner: oneOf({
    booster: booster(),
    network: network(),
    forest: { trees: int(10, 1000, { log: true }), features: float(0.05, 1), leaf: int(1, 50, { log: true }) },
    kernel: {
      cost: float(1e-3, 1e3, { log: true }),
      kernel: oneOf({ linear: {}, rbf: { reach: rate() }, poly: { degree: int(2, 5), offset: float(0, 1) } }),
    },
    neighbours: { k: int(1, 100, { log: true }) },
  }),
};

/** Spaces by name, with the evaluations that a run on each may spend. */
export const SYNTHETIC_SPACES: Readonly<Record<string, { readonly budget: number; readonly space: () => Space }>> = {
  "mixed-10": { budget: 120, space: () => defineSpace(MIXED) },
  "mixed-25": {
    budget: 200,
    space: () =>
      defineSpace({
        ...repeated(10, "share", () => float(0, 1)),
        ...repeated(5, "rate", rate),
        ...repeated(5, "count", () => int(1, 64)),
        ...repeated(5, "kind", () => choice(letters(5))),
      }),
  },
  "steps-12": {
    budget: 150,
    space: () =>
      defineSpace({
        ...repeated(6, "count", (i) => int(0, 2 + i)),
        ...repeated(3, "level", () => ordinal(["none", "low", "middle", "high", "full"])),
        ...repeated(3, "step", () => float(0, 1, { step: 0.125 })),
      }),
  },
  "categorical-34": {
    budget: 250,
    space: () => defineSpace(repeated(34, "kind", (i) => choice(letters(2 + (i % 5))))),
  },
  "categorical-20-float-6": {
    budget: 220,
    space: () =>
      defineSpace({
        ...repeated(20, "kind", (i) => choice(letters(2 + (i % 4)))),
        ...repeated(6, "rate", rate),
      }),
  },
  "nested-12": { budget: 170, space: () => defineSpace(booster()) },
  "nested-38": { budget: 270, space: () => defineSpace(NESTED) },
};
