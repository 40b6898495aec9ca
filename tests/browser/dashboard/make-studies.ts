import { choice, createStudy, float, int } from "../../../src/index.ts";

/** Trials of the study `digits`. */
export const DIGITS_TRIALS = 40;

/** Real studies in a storage: `digits`, with all that one objective has; `trade`, with two objectives and a limit; `noisy`, with runs again; `empty`. */
export async function makeStudies(location: string): Promise<void> {
  await makeDigits(location);
  await makeTrade(location);
  await makeEdge(location);
  await makeNoisy(location);
  const empty = await createStudy({
    name: "empty",
    storage: location,
    minimize: "loss",
    seed: 1,
    space: { x: float(0, 1) },
  });
  await empty.close();
}

/** What comes out differs from run to run: three configurations were run again on seeds of their own, four times and once. */
async function makeNoisy(location: string): Promise<void> {
  const space = { x: float(0, 1, { default: 0.9 }), y: float(0, 1, { default: 0.1 }) };
  const study = await createStudy({ name: "noisy", storage: location, minimize: "loss", seed: 5, space });
  await study.enqueue({});
  const program = (params: { readonly x: number; readonly y: number }, number: number): number =>
    (params.x - 0.4) ** 2 + (params.y - 0.6) ** 2 + 0.02 * Math.sin(37 * number);
  await study.optimize(({ params, number }) => program(params, number), { trials: 24 });
  for (const [trial, runs] of [
    [0, 4],
    [11, 4],
    [17, 1],
  ] as const)
    for (let index = 0; index < runs; index++) await study.replicate(trial, index, 1000 + index);
  await study.optimize(({ params, number }) => program(params, number), { trials: 33 });
  await study.close();
}

/** The best lies at the upper end of a range. */
async function makeEdge(location: string): Promise<void> {
  const study = await createStudy({
    name: "edge",
    storage: location,
    minimize: "loss",
    seed: 3,
    space: { lr: float(1e-4, 1e-2, { log: true }), x: float(0, 1) },
  });
  for (const [lr, x] of [
    [1e-4, 0.1],
    [1e-3, 0.5],
    [2e-3, 0.4],
    [5e-3, 0.6],
    [8e-3, 0.5],
    [1e-2, 0.5],
    [9.9e-3, 0.45],
  ] as const)
    await study.enqueue({ lr, x });
  await study.optimize(({ params: { lr, x } }) => 1 - lr * 50 + (x - 0.5) ** 2, { trials: 7 });
  await study.close();
}

/** Learning curves, failures of a kind, a parameter that is active at times, defaults, and runs of the winner again. */
async function makeDigits(location: string): Promise<void> {
  const study = await createStudy({
    name: "digits",
    storage: location,
    minimize: "loss",
    seed: 7,
    sampler: "tpe",
    scheduler: { name: "median", warmup: 3 },
    space: {
      lr: float(1e-4, 1, { log: true, default: 0.3 }),
      layers: int(1, 6, { default: 2 }),
      opt: choice(["adam", "sgd"], { default: "adam" }),
      momentum: float(0, 0.99, { when: { opt: "sgd" } }),
    },
  });
  await study.enqueue({});
  await study.optimize(
    async (trial) => {
      const { lr, layers, opt } = trial.params;
      if (layers === 6) throw new Error("out of memory: 6 layers do not fit");
      const end = (Math.log10(lr) + 2) ** 2 / 4 + Math.abs(layers - 3) / 10 + (opt === "adam" ? 0.05 : 0.1);
      for (let step = 1; step <= 12; step++) {
        trial.report(step, { loss: end + 2 / step, accuracy: 1 / (1 + end + 2 / step) });
        if (trial.shouldStop()) break;
      }
      return { loss: end + 1 / 6, accuracy: 1 / (1 + end) };
    },
    { trials: DIGITS_TRIALS, keepGoing: true },
  );
  await study.close();
}

async function makeTrade(location: string): Promise<void> {
  const study = await createStudy({
    name: "trade",
    storage: location,
    minimize: ["loss", "ms"],
    limits: ["ms <= 20"],
    seed: 1,
    sampler: "tpe",
    space: { width: float(1, 64, { log: true }), depth: int(1, 4) },
  });
  await study.optimize(({ params: { width, depth } }) => ({ loss: 1 / width + depth / 40, ms: width / 2 + depth }), {
    trials: 25,
  });
  await study.close();
}
