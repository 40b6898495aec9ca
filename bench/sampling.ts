/** Processor time of a random suggestion, on a large conditional space and where little is feasible: `node bench/sampling.ts [suggestions]`. */
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import {
  boolean,
  checkParams,
  choice,
  defineSpace,
  feasibleShare,
  float,
  int,
  oneOf,
  type Params,
  type Space,
  sampleUniform,
} from "../src/space/index.ts";
import { report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const SUGGESTIONS = Number(process.argv[2] ?? 2000);

const log = (low: number, high: number) => float(low, high, { log: true });
const imputed = choice(["mean", "median", "hist"]);

/** 38 parameters over six learners, some with branches of their own: the shape of the largest space of YAHPO Gym (rbv2_super). */
const LARGE = defineSpace({
  trainsize: float(0.03, 1),
  imputed,
  learner: oneOf({
    aknn: {
      k: int(1, 50),
      distance: choice(["l2", "cosine", "ip"]),
      M: int(18, 50),
      ef: int(7, 9),
      ef_construction: int(4, 9),
    },
    glmnet: { alpha: float(0, 1), s: log(1e-4, 1000) },
    ranger: {
      trees: int(1, 2000),
      replace: boolean(),
      fraction: float(0.1, 1),
      mtry: float(0, 1),
      unordered: choice(["ignore", "order", "partition"]),
      node: int(1, 100),
      split: oneOf({ gini: {}, extratrees: { random_splits: int(1, 100) } }),
    },
    rpart: { cp: log(1e-4, 1), maxdepth: int(1, 30), minbucket: int(1, 100), minsplit: int(1, 100) },
    svm: {
      cost: log(1e-4, 1e4),
      tolerance: log(1e-4, 2),
      shrinking: boolean(),
      kernel: oneOf({ linear: {}, polynomial: { degree: int(2, 5) }, radial: { gamma: log(1e-4, 1e4) } }),
    },
    xgboost: {
      alpha_l1: log(1e-3, 1e3),
      lambda: log(1e-3, 1e3),
      nrounds: int(7, 2981, { log: true }),
      subsample: float(0.1, 1),
      booster: oneOf({
        gblinear: {},
        gbtree: { eta: log(1e-4, 1), depth: int(1, 15), colsample: float(0.01, 1) },
        dart: {
          eta: log(1e-4, 1),
          depth: int(1, 15),
          colsample: float(0.01, 1),
          rate_drop: float(0, 1),
          skip_drop: float(0, 1),
        },
      }),
    },
  }),
});

const shares = { a: float(0, 1), b: float(0, 1), c: float(0, 1), d: float(0, 1) };
const kind = choice(["x", "y", "z"]);
const chain = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`t${i}`, float(0, 1)]));
const grades = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`g${i}`, int(1, 10)]));

/** Spaces of whose box about 1 in 10,000 is feasible, each by other kinds of constraints. */
const NARROW: Readonly<Record<string, Space>> = {
  "small sum": defineSpace({ ...shares, kind }, { where: ["a + b + c + d <= 0.23", "not (kind == 'x' and a > 0.05)"] }),
  "thin band": defineSpace(
    { ...shares, kind },
    { where: ["a + b + c + d >= 1.9999", "a + b + c + d <= 2.00013", "not (kind == 'x' and a > 0.5)"] },
  ),
  "rising chain": defineSpace(
    { ...chain, kind },
    {
      where: ["t0 < t1 < t2 < t3 < t4 < t5 < t6", "not (kind == 'x' and t0 > 0.01)", "not (kind == 'y' and t6 < 0.9)"],
    },
  ),
  "few whole numbers": defineSpace(
    { ...grades, kind },
    { where: ["g0 + g1 + g2 + g3 + g4 <= 7", "not (kind in ['x', 'y'] and g0 + g1 > 2)"] },
  ),
};

/** Milliseconds of processor time for one suggestion, what prepares the space included; what else the machine does is not in it. */
function measure(space: Space): number {
  const drawn: Params[] = [];
  const start = process.cpuUsage();
  for (let trial = 0; trial < SUGGESTIONS; trial++) drawn.push(sampleUniform(space, keyedStreams(1, trial)));
  const { user, system } = process.cpuUsage(start);
  const broken = drawn.flatMap((params) => checkParams(space, params));
  if (broken.length > 0) throw new Error(`not valid: ${JSON.stringify(broken[0])}`);
  return (user + system) / 1000 / SUGGESTIONS;
}

await inScratchFolder(async (folder) => {
  measure(LARGE);
  const large = measure(LARGE);
  const name = `random, ${LARGE.parameters.length} conditional parameters`;
  const figures = Object.entries(NARROW).flatMap(([label, space]) => {
    const value = measure(space);
    const share = feasibleShare(space, 100_000);
    const note = `feasible: 1 in ${Math.round(1 / share)}`;
    return { name: `feasible, ${label}`, value, unit: "ms", wanted: { most: 5 }, note };
  });
  report("sampling", folder, [
    { name, value: large, unit: "ms", wanted: { most: 0.2 }, note: `processor time, mean of ${SUGGESTIONS}` },
    ...figures,
  ]);
});
