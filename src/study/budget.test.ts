import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { registerScheduler } from "../scheduler/registry.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";
import type { StudyOptions } from "./study-options.ts";

const lr = float(1e-5, 1e-1, { log: true });
const epochs = int(1, 81, { log: true, fidelity: true });
const open = (more: Partial<StudyOptions> = {}) =>
  createStudy({ name: "s", minimize: "loss", sampler: "random", seed: 3, space: { lr, epochs }, ...more });

const lossOf = (params: Readonly<Record<string, unknown>>): number =>
  (Math.log10(Number(params.lr)) + 3) ** 2 + 1 / Number(params.epochs ?? 1);

describe("a budget of full runs", () => {
  it("is used up to the last step by rungs of a fidelity, with one full run kept for the winner", async () => {
    const study = await open({ scheduler: "asha" });
    let spent = 0;
    const { reason, fullRuns } = await study.optimize(
      ({ params }) => {
        spent += Number(params.epochs);
        return lossOf(params);
      },
      { budget: "6 runs", workers: 3 },
    );
    expect(reason).toBe("budget");
    expect(spent).toBeLessThanOrEqual(6 * 81);
    expect(spent).toBeGreaterThan(6 * 81 - 81);
    expect(fullRuns).toBeCloseTo(spent / 81, 9);
    const trials = study.trials();
    const complete = trials.filter(({ state }) => state === "complete");
    expect(complete.length).toBeGreaterThan(0);
    // Of all that came so far as anybody did without being run whole, the best was run whole; or it came after the run that was kept was given to others, and is named.
    const reached = trials.map(
      ({ segments }) => segments.map(({ until }) => until!).findLast((until) => until < 81) ?? 0,
    );
    const highest = trials.filter((_, i) => reached[i] === Math.max(...reached));
    const at = (one: (typeof trials)[number]): number => lossOf({ ...one.params, epochs: Math.max(...reached) });
    const best = highest.toSorted((a, b) => at(a) - at(b))[0]!;
    const { winner, costs } = study.summary();
    expect(winner?.number).toBeDefined();
    if (best.state !== "complete") expect(costs!.ahead?.number).toBe(best.number);
  });

  it("holds over runs and processes, and goes on with a larger one", async () => {
    const storage = await openStorage(":memory:");
    const first = await open({ scheduler: "asha", storage });
    let spent = 0;
    const objective = ({ params }: { readonly params: Readonly<Record<string, unknown>> }): number => {
      spent += Number(params.epochs);
      return lossOf(params);
    };
    await first.optimize(objective, { budget: "2 runs", workers: 2 });
    const after = spent;
    const second = await openStudy({ name: "s", storage });
    await Promise.all([
      second.optimize(objective, { budget: "2 runs" }),
      first.optimize(objective, { budget: "2 runs" }),
    ]);
    expect(spent).toBe(after);
    await Promise.all([
      second.optimize(objective, { budget: "5 runs", workers: 2 }),
      first.optimize(objective, { budget: "5 runs", workers: 2 }),
    ]);
    expect(spent).toBeGreaterThan(4 * 81);
    expect(spent).toBeLessThanOrEqual(5 * 81);
  });

  it.each(["none", "median"])(
    "counts runs of programs that tell no step under %s, failed ones too",
    async (scheduler) => {
      const study = await open({ scheduler, space: { lr } });
      let runs = 0;
      const { reason, fullRuns } = await study.optimize(
        ({ params }) => {
          runs += 1;
          if (runs % 2 === 0) throw new Error("no luck");
          return lossOf(params);
        },
        { budget: "7 runs", workers: 3 },
      );
      expect([reason, runs, fullRuns]).toEqual(["budget", 7, 7]);
    },
  );

  it("is in steps once the first trial has ended, for programs that report", async () => {
    const study = await open({ scheduler: "asha", space: { lr } });
    let steps = 0;
    const { reason } = await study.optimize(
      async ({ params, report, until, shouldStop }) => {
        for (let step = 1; step <= (until ?? 27) && !shouldStop(); step++) {
          steps += 1;
          await report(step, lossOf(params) + 1 / step);
        }
        return lossOf(params) + 1 / (until ?? 27);
      },
      { budget: "8 runs", workers: 2 },
    );
    expect(reason).toBe("budget");
    expect(steps).toBeLessThanOrEqual(8 * 27);
    expect(steps).toBeGreaterThan(6 * 27);
  });
});

describe("a budget of steps", () => {
  it("begins nothing that the rest cannot pay, whatever the budget and the workers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 5 }), async (steps, workers) => {
        for (const scheduler of ["asha", "none"]) {
          const study = await open({ scheduler });
          let spent = 0;
          await study.optimize(
            ({ params }) => {
              spent += Number(params.epochs);
              return lossOf(params);
            },
            { budget: `${steps} steps`, workers },
          );
          expect(spent).toBeLessThanOrEqual(steps);
          // What is left would not have paid for the least that could begin.
          expect(steps - spent).toBeLessThan(81);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("gives what was kept for the winner to whoever asks, once nobody needs it, though several find the rest spent at once", async () => {
    const scheduler: Scheduler = {
      name: "in-part",
      onReport: () => ({ action: "continue" }),
      onEnd: () => ({ action: "pause", reason: "for good" }),
      next: () => ({ action: "start-new", until: 3 }),
    };
    registerScheduler({ name: "in-part", watches: false, promotes: true, create: () => scheduler });
    for (const workers of [1, 2, 3, 5]) {
      const study = await open({ scheduler: "in-part" });
      let spent = 0;
      await study.optimize(
        ({ params }) => {
          spent += Number(params.epochs);
          return lossOf(params);
        },
        { budget: "300 steps", workers },
      );
      expect(spent).toBe(300);
    }
  });

  it("begins the run that is kept while others run, once a trial has run in full and the rest pays nothing else", async () => {
    const scheduler: Scheduler = {
      name: "kept-early",
      onReport: () => ({ action: "continue" }),
      onEnd: (_view, { segments }) =>
        segments.at(-1)!.until === 81 ? { action: "finish" } : { action: "pause", reason: "in part" },
      next: (view) => ({ action: "start-new", until: view.trial(0) === undefined ? 81 : 27 }),
      last: (view) =>
        view.trial(1)?.state === "paused" ? { action: "resume", trial: 1, until: null, reason: "kept for it" } : null,
    };
    registerScheduler({ name: "kept-early", watches: false, promotes: true, create: () => scheduler });
    const study = await open({ scheduler: "kept-early" });
    const begun = Promise.withResolvers<void>();
    let spent = 0;
    const { fullRuns } = await study.optimize(
      async ({ number, params }) => {
        spent += Number(params.epochs);
        // It runs for as long as the kept run has not begun.
        if (number === 1 && params.epochs === 81) begun.resolve();
        if (number === 2) await begun.promise;
        return lossOf(params);
      },
      { budget: "216 steps", workers: 2 },
    );
    expect(spent).toBe(216);
    expect(fullRuns).toBeCloseTo(216 / 81, 9);
    expect(study.trials().map(({ state }) => state)).toEqual(["complete", "complete", "paused"]);
    expect((await study.replay()).decisions).toMatchObject({ differences: [] });
  });

  it("of programs that tell none is refused with the way out", async () => {
    const study = await open({ space: { lr } });
    await expect(study.optimize(({ params }) => lossOf(params), { budget: "100 steps" })).rejects.toThrow(
      "came to their ends without telling one. Let them report steps, declare a fidelity (epochs: 1..81 fidelity), or give the budget in runs or as a time.",
    );
    expect(study.trials()).toHaveLength(1);
  });
});

it("the first of several budgets ends the run", async () => {
  const study = await open();
  const objective = ({ params }: { readonly params: Readonly<Record<string, unknown>> }): number => lossOf(params);
  expect(await study.optimize(objective, { budget: "9 runs", trials: 2 })).toMatchObject({
    reason: "trials",
    fullRuns: 2,
  });
  expect(await study.optimize(objective, { budget: "3 runs", trials: 9 })).toMatchObject({
    reason: "budget",
    fullRuns: 3,
  });
  expect(await study.optimize(objective, { budget: "1ms", timeout: 3600 })).toMatchObject({ reason: "timeout" });
  await expect(study.optimize(objective, { budget: "three runs" })).rejects.toThrow(
    "study.optimize: budget is \"three runs\"; give '2000 steps', '30 runs' (full ones) or a time (90, 30s, 10m, 2h), or null.",
  );
});

describe("patience where trials are run in part", () => {
  const run = async (more: Partial<StudyOptions>, patience: number) => {
    const study = await open({ scheduler: "asha", ...more });
    let after = 0;
    let best = Number.POSITIVE_INFINITY;
    const { reason, message } = await study.optimize(
      ({ params }) => {
        const [value, steps] = [lossOf(params), Number(params.epochs)];
        after += steps;
        if (steps === 81 && value < best) [best, after] = [value, 0];
        return value;
      },
      { patience, trials: 500 },
    );
    return { reason, message, after, study };
  };

  it("counts full runs' worth of steps since the best full run", async () => {
    const { reason, message, after } = await run({}, 3);
    expect(reason).toBe("patience");
    expect(message).toMatch(
      /^The last 3(\.\d)? full runs' worth of steps brought nothing: none was better than trial \d+\.$/,
    );
    expect(after).toBeGreaterThanOrEqual(3 * 81);
    expect(after).toBeLessThan(4 * 81 + 81);
  });

  it("ends no study before its first full run, of which it says that it was not yet run in full", async () => {
    const study = await open({ scheduler: "asha" });
    const objective = ({ params }: { readonly params: Readonly<Record<string, unknown>> }): number => lossOf(params);
    await study.optimize(objective, { patience: 1, trials: 500 });
    expect(study.trials().some(({ state }) => state === "complete")).toBe(true);
    const stopped = await open({ scheduler: "asha", seed: 4 });
    const stop = new AbortController();
    await stopped.optimize(
      (trial) => {
        if (trial.number === 1) stop.abort();
        return objective(trial);
      },
      { stop: stop.signal },
    );
    const { winner, costs } = stopped.summary();
    expect(winner).toBeNull();
    expect(costs).toMatchObject({ fullRun: 81, inPart: { step: expect.toSatisfy((step: number) => step < 81) } });
    expect(costs!.fullRuns).toBeCloseTo(costs!.steps / 81, 9);
  });
});
