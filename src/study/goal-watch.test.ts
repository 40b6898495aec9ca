import { describe, expect, it } from "vitest";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { type Goals, GoalWatch } from "./goal-watch.ts";
import { leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";

const space = { x: float(0, 1) };
/** A study whose trials have these values, one after the other. */
const open = (direction: "minimize" | "maximize" = "minimize") =>
  createStudy({ name: "s", [direction]: "loss", space, sampler: "random" });
const values = (list: readonly number[]) => (trial: { readonly number: number }) => list[trial.number]!;

it.each([
  ["minimize", [5, 3, 1, 0, 4], 1, 3],
  ["maximize", [5, 3, 7, 9, 4], 7, 3],
  ["minimize", [Number.NEGATIVE_INFINITY, Number.NaN, 2, 1, 0], 1, 4],
] as const)("%s ends with the target: %j, target %d, after %i trials", async (direction, list, target, trialsSpent) => {
  const study = await open(direction);
  const summary = await study.optimize(values(list), { trials: 5, target });
  expect(summary).toMatchObject({ reason: "target", trialsSpent });
  expect(summary.message).toMatch(/^The target is reached: trial \d has loss /);
});

it("ends at once when the target was reached before", async () => {
  const study = await open();
  await study.optimize(values([3]), { trials: 1 });
  expect(await study.optimize(values([]), { target: 3 })).toMatchObject({ reason: "target", trialsSpent: 1, ran: 0 });
  await study.invalidate(0);
  expect(await study.optimize(values([0, 4, 5]), { trials: 2, target: 3 })).toMatchObject({ reason: "trials" });
});

it("ends after so many trials without a better value, failed ones too", async () => {
  const list = [5, 4, 4, Number.NaN, 3, 6, 6, 6];
  const study = await open();
  const summary = await study.optimize(values(list), { trials: 8, patience: 3 });
  expect(summary).toMatchObject({ reason: "patience", trialsSpent: 8 });
  expect(summary.message).toMatch(/The last 3 trials brought nothing: none was better than trial 4/);
  const other = await open();
  expect(await other.optimize(values(list), { trials: 8, patience: 2 })).toMatchObject({ trialsSpent: 4 });
});

it("forgets a best trial that is hidden while it tunes, in its patience and in what it calls the best", async () => {
  const list = [5, 1, 4, 3, 6, 6, 2, 7];
  const study = await open();
  const best: number[] = [];
  const summary = await study.optimize(
    async ({ number }) => {
      if (number === 3) await study.invalidate(1);
      return list[number]!;
    },
    {
      trials: 7,
      patience: 3,
      onEvent: (event) => {
        if (event.type === "finished" && event.best) best.push(event.trial.number);
      },
    },
  );
  expect(best).toEqual([0, 1, 3, 6]);
  expect(summary).toMatchObject({ reason: "trials", trialsSpent: 7 });
});

it("minds a trial again that is no longer hidden", async () => {
  const list = [5, 1, 4, 4, 4];
  const study = await open();
  await study.optimize(values(list), { trials: 2 });
  await study.invalidate(1);
  const summary = await study.optimize(
    async ({ number }) => {
      if (number === 3) await study.restore(1);
      return list[number]!;
    },
    { trials: 9, patience: 2 },
  );
  expect(summary.message).toMatch(/The last 2 trials brought nothing: none was better than trial 1/);
});

it("gives running trials the grace, and takes back what does not end", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space: { n: int(0, 9) }, sampler: "random" });
  const begun = Promise.withResolvers<void>();
  const run = async (trial: { readonly number: number; readonly signal: AbortSignal }): Promise<number> => {
    if (trial.number === 0) return await begun.promise.then(() => 0);
    begun.resolve();
    return await new Promise((resolve) => trial.signal.addEventListener("abort", () => resolve(1)));
  };
  const summary = await study.optimize(run, { workers: 2, target: 0, grace: 0.05 });
  expect(summary).toMatchObject({ reason: "target", trialsSpent: 1 });
  expect(study.trial(1).state).toBe("waiting");
});

it("begins no trial once it may not, and says why", async () => {
  const study = await open();
  const mayStart = async () => (study.trialsSpent < 2 ? null : "The disk is full.");
  const summary = await study.optimize(values([1, 2, 3]), { trials: 3, mayStart });
  expect(summary).toMatchObject({ reason: "refused", trialsSpent: 2, message: "The disk is full." });
});

it.each([{ target: Number.NaN }, { patience: 0 }, { patience: 1.5 }])("refuses %j", async (goal) => {
  const study = await open();
  await expect(study.optimize(values([1]), goal)).rejects.toThrow(/(target|patience) is .*; give a/);
});

it("loses no patience over imported trials, and takes the best of them for the best", async () => {
  const record = {
    params: { x: 0.5 },
    state: "complete",
    reports: [],
    startedAt: null,
    finishedAt: null,
    attributes: {},
  } as const;
  const imported = [9, 1, 8, 7, 6].map((loss) => ({ ...record, values: { loss } }));
  const list = [...imported.map(() => 0), 5, 4, 3];
  const study = await open();
  await study.importTrials(imported);
  const summary = await study.optimize(values(list), { trials: 8, patience: 3 });
  expect(summary).toMatchObject({ reason: "patience", trialsSpent: 3 });
  expect(summary.message).toMatch(/The last 3 trials brought nothing: none was better than trial 1\./);
});

it("loses patience over imported trials that it runs itself", async () => {
  const study = await open();
  const waiting = {
    params: { x: 0.5 },
    state: "waiting",
    values: {},
    reports: [],
    startedAt: null,
    finishedAt: null,
    attributes: {},
  } as const;
  await study.importTrials([waiting, waiting, waiting, waiting]);
  const summary = await study.optimize(values([1, 2, 3, 4, 5]), { trials: 9, patience: 2 });
  expect(summary).toMatchObject({ reason: "patience", trialsSpent: 3 });
});

it("counts its patience anew when a trial is hidden, from the first one on", async () => {
  const study = await open();
  const list = [Number.NaN, Number.NaN, 3, Number.NaN, Number.NaN, Number.NaN];
  await study.optimize(values(list), { trials: 3, keepGoing: true });
  await study.invalidate(2);
  const summary = await study.optimize(values(list), { trials: 9, patience: 3, keepGoing: true });
  expect(summary).toMatchObject({ reason: "patience", ran: 1 });
  expect(summary.message).toBe("The last 3 trials brought nothing: none has a value.");
});

const openMany = (more: object = {}) =>
  createStudy({
    name: "s",
    minimize: ["cost", "ms"],
    space,
    sampler: "random",
    ...more,
  } as never) as unknown as ReturnType<typeof open>;
const pairs = (list: readonly (readonly [number, number])[]) =>
  ((trial: { readonly number: number }) => {
    const [cost, ms] = list[trial.number]!;
    return { cost, ms };
  }) as never;

it("ends once one trial meets all goals and keeps the limits, also of several objectives", async () => {
  const list = [
    [1, 9],
    [9, 1],
    [2, 2],
    [3, 3],
  ] as const;
  const study = await openMany({ goals: ["cost <= 2", "ms <= 2"] });
  const summary = await study.optimize(pairs(list), { trials: 4, target: "goals" });
  expect(summary).toMatchObject({ reason: "target", trialsSpent: 3, message: "All goals are met: by trial 2." });
  const limited = await openMany({ goals: ["cost <= 2"], limits: ["ms <= 5"] });
  expect(await limited.optimize(pairs(list), { trials: 4, target: "goals" })).toMatchObject({ trialsSpent: 3 });
  const one = await createStudy({ name: "s", minimize: "loss", goals: ["loss <= 3"], space, sampler: "random" });
  expect(await one.optimize(values([5, 3, 1]), { trials: 3, target: "goals" })).toMatchObject({ trialsSpent: 2 });
});

it("goes by goals that change while it runs", async () => {
  const storage = await openStorage(":memory:");
  const study = await openMany({ goals: ["cost <= 0"], storage });
  const summary = await study.optimize(
    (async ({ number }: { readonly number: number }) => {
      if (number === 1) await openMany({ goals: ["cost <= 5"], storage });
      return { cost: 5, ms: number };
    }) as never,
    { trials: 6, target: "goals" },
  );
  expect(summary).toMatchObject({ reason: "target" });
});

it("has patience until nothing comes to the front, or nearer to the limits", async () => {
  const list = [
    [5, 5],
    [9, 1],
    [6, 6],
    [1, 9],
    [7, 7],
    [5, 5],
    [8, 8],
  ] as const;
  const study = await openMany();
  const summary = await study.optimize(pairs(list), { trials: 7, patience: 3 });
  expect(summary).toMatchObject({ reason: "patience", trialsSpent: 7 });
  expect(summary.message).toBe("The last 3 trials brought nothing: none came to the front.");
  const far = await openMany({ limits: ["cost <= 0"] });
  const ended = await far.optimize(pairs(list), { trials: 7, patience: 2 });
  expect(ended.message).toBe("The last 2 trials brought nothing: none came nearer to the limits.");
  expect(ended.trialsSpent).toBe(3);
  const same = await openMany({ limits: ["cost <= 0"] });
  const alike = [
    [5, 5],
    [5, 6],
    [5, 4],
  ] as const;
  expect(await same.optimize(pairs(alike), { trials: 3, patience: 2 }), "as far is no nearer").toMatchObject({
    reason: "patience",
  });
});

it("refuses a target that is no goal or no number, where it says nothing", async () => {
  const study = await openMany();
  const tried = (target: number | "goals") => study.optimize(pairs([[1, 1]]), { trials: 1, target });
  await expect(tried(3)).rejects.toThrow("target is one value, and the study has 2 objectives: cost, ms");
  await expect(tried("goals")).rejects.toThrow(
    'target is goals, and no objective has one (cost, ms); give goals, such as "cost <= 0.01".',
  );
});

/** A watch over a study whose trials are run by hand. */
async function watched(goals: Partial<Goals>, promotes: boolean, more: object = {}) {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage, ...more });
  const log = await StudyLog.open(storage, study.id);
  let looks = 0;
  const trial = log.trial.bind(log);
  log.trial = (number) => {
    looks += 1;
    return trial(number);
  };
  const watch = new GoalWatch(log, { target: null, patience: null, ...goals }, { promotes });
  const check = async () => {
    await log.refresh();
    return watch.check();
  };
  /** Runs a new trial up to a step; null leaves it paused there. */
  const ran = async (step: number, loss: number | null): Promise<number> => {
    const owner = leasedOwner("0");
    const { token } = owner;
    const number = await study.enqueue({ x: 0.5 });
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    const values = { loss: loss ?? 1 };
    if (step > 0) await log.execute({ type: "report", trial: number, token, reports: [{ seq: 0, step, values }] });
    const end = { message: null, exitCode: 0, signal: null, checkpoint: null } as const;
    if (loss === null) await log.execute({ type: "pause", trial: number, token, end: { ...end, outcome: "paused" } });
    else
      await log.execute({
        type: "finish",
        trial: number,
        token,
        state: "complete",
        values,
        end: { ...end, outcome: "ok" },
      });
    return number;
  };
  const looked = () => looks;
  return { storage, study, log, check, ran, looked };
}

describe("patience where trials are run in part", () => {
  it("is counted in full runs' worth of steps, of those that pause too", async () => {
    const { check, ran } = await watched({ patience: 2 }, true);
    await ran(7, 1);
    expect(await check()).toBe(null);
    await ran(7, 2);
    await ran(3, null);
    await ran(3, null);
    // 13 steps of 14.
    expect(await check()).toBe(null);
    await ran(1, null);
    expect((await check())?.message).toBe(
      "The last 2 full runs' worth of steps brought nothing: none was better than trial 0.",
    );
    await ran(1, null);
    // 15 of 7 steps are 2.14 runs.
    expect((await check())?.message).toMatch(/^The last 2.1 full runs' worth of steps brought nothing: /);
    await ran(5, 0.5);
    expect(await check()).toBe(null);
    await ran(7, 3);
    await ran(6, 3);
    expect(await check()).toBe(null);
    await ran(1, 3);
    expect(await check()).toMatchObject({ reason: "patience" });
  });

  it("begins anew with a trial that is hidden, steps too", async () => {
    const { study, check, ran } = await watched({ patience: 1 }, true);
    const first = await ran(10, 1);
    await ran(9, 2);
    expect(await check()).toBe(null);
    await study.invalidate(first);
    expect(await check()).toBe(null);
    await ran(9, 3);
    expect(await check()).toBe(null);
    await ran(1, 3);
    expect(await check()).toMatchObject({ reason: "patience" });
  });

  it("is counted in trials where programs report no steps, or nothing pauses", async () => {
    const { check, ran } = await watched({ patience: 2 }, true);
    for (const loss of [1, 2]) await ran(0, loss);
    await ran(0, null);
    expect(await check()).toBe(null);
    await ran(0, 2);
    expect((await check())?.message).toBe("The last 2 trials brought nothing: none was better than trial 0.");
    const plain = await watched({ patience: 2 }, false);
    for (const loss of [1, 2]) await plain.ran(9, loss);
    expect(await plain.check()).toBe(null);
    await plain.ran(1, 2);
    expect((await plain.check())?.message).toMatch(/^The last 2 trials/);
  });

  it("does not begin before a first full run while there may be one", async () => {
    const epochs = int(1, 10, { fidelity: true });
    const more = { space: { ...space, epochs } };
    const { study, log, check, ran } = await watched({ patience: 1 }, true, more);
    await ran(6, null);
    await ran(6, null);
    expect(await check()).toBe(null);
    await study.invalidate(0);
    await study.invalidate(1);
    // Hidden ones are no part of the study, and none is left that may be run on.
    expect(log.state.budget.paused).toBe(0);
    for (let k = 0; k < 3; k++) {
      const trial = await study.ask();
      await trial.report(4, 1);
      await study.tell(trial, { failed: true });
    }
    expect((await check())?.message).toBe("The last 3 full runs' worth of steps brought nothing: none has a value.");
    await study.ask();
    expect(await check()).toBe(null);
  });
});

it("reads each trial once, unless one is hidden or other limits or goals hold, and none where nothing ends the run", async () => {
  const { storage, study, check, ran, looked } = await watched({ patience: 9 }, false);
  for (const loss of [1, 2, 3]) await ran(0, loss);
  await check();
  expect(looked()).toBe(3);
  await ran(0, 4);
  await check();
  await check();
  expect(looked()).toBe(4);
  await study.invalidate(0);
  await check();
  await check();
  expect(looked()).toBe(7);
  const again = { name: "s", minimize: "loss", space, storage } as const;
  await createStudy({ ...again, goals: ["loss <= 0"] });
  await check();
  await check();
  expect(looked()).toBe(10);
  await createStudy({ ...again, limits: ["loss <= 9"] });
  await check();
  await check();
  expect(looked()).toBe(13);
  const endless = await watched({}, false);
  await endless.ran(0, 1);
  expect(await endless.check()).toBe(null);
  expect(endless.looked()).toBe(0);
});

it("counts a trial that runs or waits for nothing", async () => {
  const { study, check, ran, looked } = await watched({ patience: 1 }, false);
  await ran(0, 1);
  const open = await study.ask();
  await open.report(1, 5);
  expect(await check()).toBe(null);
  expect(looked()).toBe(1);
});
