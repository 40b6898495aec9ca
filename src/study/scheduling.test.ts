import { expect, it } from "vitest";
import { registerSampler } from "../sampler/registry.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { JointSuggester } from "./joint-suggester.ts";
import { KnownStudy } from "./known-study.ts";
import { Scheduling } from "./scheduling.ts";
import { StudyProjection } from "./study-projection.ts";

const made = { sampler: 0, scheduler: 0 };
const scheduler: Scheduler = {
  name: "counting",
  onReport: () => ({ action: "continue" }),
  onEnd: (_view, _trial) => ({ action: "finish" }),
  next: () => ({ action: "start-new", until: 3 }),
};
registerScheduler({
  name: "counting",
  watches: true,
  promotes: true,
  create: () => {
    made.scheduler += 1;
    return scheduler;
  },
});
registerSampler({
  name: "counting",
  create: () => {
    made.sampler += 1;
    return {
      name: "counting",
      needsView: true,
      suggest: (_view, _request, count) => Array.from({ length: count }, () => ({ params: { x: 0.5 } })),
    };
  },
});

const space = { x: float(0, 1) };

/** A study with some trials, known by its log. */
async function known() {
  const storage = await openStorage(":memory:");
  const given = { name: "s", minimize: "loss", storage } as const;
  const study = await createStudy({ ...given, space, sampler: "counting", scheduler: "counting" });
  await study.optimize(({ params }) => params.x, { trials: 6, workers: 2 });
  const projection = new StudyProjection();
  const follow = async (): Promise<void> => {
    projection.apply(await storage.read(study.id, projection.revision));
  };
  await follow();
  return { storage, study, given, projection, follow };
}

/** How many of each were made while something was done. */
async function makes(work: () => unknown): Promise<typeof made> {
  const before = { ...made };
  await work();
  return { sampler: made.sampler - before.sampler, scheduler: made.scheduler - before.scheduler };
}

const DONE = { state: "complete", values: {} } as const;

it("makes a study's scheduler once for each of its settings", async () => {
  const { given, projection, follow } = await known();
  const scheduling = new Scheduling(projection);
  const ask = (): unknown => [
    scheduling.next(),
    scheduling.onReport(0, 0),
    scheduling.onEnd(0, 3, DONE),
    scheduling.last(),
  ];
  expect(await makes(() => [ask(), ask(), scheduling.watches, scheduling.promotes])).toMatchObject({ scheduler: 1 });
  expect(scheduling).toMatchObject({ name: "counting", watches: true, promotes: true, staged: true });
  await createStudy({ ...given, space, scheduler: "none" });
  await follow();
  expect(await makes(ask)).toMatchObject({ scheduler: 0 });
  expect(scheduling).toMatchObject({ name: "none", watches: false, promotes: false, staged: false });
});

it("lets trials run to their own end where it is told to, whatever the settings say", async () => {
  const { projection } = await known();
  const scheduling = new Scheduling(projection, true);
  expect(scheduling).toMatchObject({ name: "none", watches: false, promotes: false, staged: true });
  expect(scheduling.next()).toMatchObject({ action: "start-new", until: null });
});

it("decides nothing of a trial or a report that it does not know", async () => {
  const { projection } = await known();
  const scheduling = new Scheduling(projection);
  expect([scheduling.onReport(99, 0), scheduling.onReport(0, 99), scheduling.onEnd(99, 3, DONE)]).toEqual([
    null,
    null,
    null,
  ]);
});

it("makes a study's sampler once for each of its settings and spaces", async () => {
  const { study, given, projection, follow } = await known();
  const suggester = new JointSuggester(projection);
  const ask = (): unknown => [
    suggester.suggest({ number: 6, index: 6, view: projection.revision }, 1, {}),
    suggester.needsView,
    suggester.isOpaque,
    suggester.threadFrom,
  ];
  expect(await makes(() => [ask(), ask()])).toMatchObject({ sampler: 1 });
  await createStudy({ ...given, space, sampler: "random" });
  await follow();
  expect(await makes(() => [ask(), ask()])).toMatchObject({ sampler: 0 });
  expect(suggester.needsView).toBe(false);
  await createStudy({ ...given, space, sampler: "counting" });
  await study.editSpace({ set: { x: float(0, 2) } });
  await follow();
  expect(await makes(() => [ask(), ask()])).toMatchObject({ sampler: 1 });
});

it("makes samplers and schedulers of the past once to explain and replay what they did", async () => {
  const { study } = await known();
  const numbers = study.trials().map(({ number }) => number);
  expect(await makes(() => study.why(numbers))).toMatchObject({ sampler: 1 });
  const replayed = await makes(() => study.replay());
  expect(replayed).toEqual({ sampler: 1, scheduler: 1 });
});

it("reads a space once, and that of older trials too", async () => {
  const { storage, study } = await known();
  await study.editSpace({ set: { x: float(0, 2) } });
  await study.optimize(({ params }) => params.x, { trials: 7 });
  await study.editSpace({ add: { n: int(1, 3) }, was: { n: 2 } });
  const whole = new KnownStudy();
  const news = whole.apply(await storage.read(study.id, 0));
  expect(news.length).toBe(whole.revision);
  expect(whole.apply(await storage.read(study.id, 0))).toEqual([]);
  expect(whole.space).toBe(whole.space);
  expect(whole.space.parameters.map(({ name }) => name)).toEqual(["x", "n"]);
  const [first, later] = [whole.trial(0), whole.trial(6)];
  expect(whole.spaceOf(first)).toBe(whole.spaceOf(whole.trial(1)));
  expect(whole.spaceOf(first).parameters).toMatchObject([{ name: "x", high: 1 }]);
  expect(whole.spaceOf(later).parameters).toMatchObject([{ name: "x", high: 2 }]);
  expect([whole.paramsInSpace(first), whole.programParams(first)]).toEqual([
    { x: 0.5, n: 2 },
    { x: 0.5, n: 2 },
  ]);
  expect(() => whole.trial(7)).toThrow('Study "s" has no trial 7; it has trials 0 to 6.');
  const none = new KnownStudy();
  none.apply((await storage.read(study.id, 0)).slice(0, 1));
  expect(() => none.trial(0)).toThrow('Study "s" has no trial 0; it has none yet.');
  expect(none.spaceOf(first)).toBe(none.space);
});

/** A scheduler that decides as it is told, known by a study of two trials with a report each. */
async function deciding(more: Partial<Scheduler>, name: string, branches = false) {
  registerScheduler({
    ...{ name, watches: true, promotes: true, branches },
    create: () => ({ name, onReport: () => ({ action: "continue" }), next: scheduler.next, ...more }) as Scheduler,
  });
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage });
  for (const loss of [1, 2]) {
    const trial = await study.ask();
    await trial.report(1, loss);
    await study.tell(trial, loss);
  }
  await createStudy({ name: "s", minimize: "loss", space, scheduler: name, storage });
  const projection = new StudyProjection();
  projection.apply(await storage.read(study.id, 0));
  return { projection, scheduling: new Scheduling(projection) };
}

it("writes with each decision of what it was made, and why", async () => {
  const { projection, scheduling } = await deciding(
    {
      onReport: (_view, { number }) =>
        number === 0 ? { action: "continue" } : { action: "stop", reason: "last of all" },
      onEnd: (_view, { values }) => (values.loss === 7 ? { action: "pause", reason: "a rung" } : { action: "finish" }),
      last: () => ({ action: "resume", trial: 1, until: null, reason: "the best" }),
    },
    "deciding",
  );
  const record = { view: projection.revision, settingsVersion: 2, engine: expect.any(String) };
  expect(scheduling.onReport(0, 0)).toBe(null);
  expect(scheduling.onReport(1, 0)).toEqual({
    action: "stop",
    reason: "last of all",
    record: { ...record, reason: "last of all", report: 0 },
  });
  expect(scheduling.last()).toMatchObject({ action: "resume", record: { ...record, reason: "the best" } });
  expect(scheduling.next()).toEqual({ action: "start-new", until: 3, record: { ...record, reason: "" } });
  const ended = (values: object, until: number | null, state: "complete" | "failed" | null = "complete") =>
    scheduling.onEnd(0, until, { state, values: values as never });
  expect(ended({ loss: 7 }, 3)).toMatchObject({ action: "pause", record: { ...record, reason: "a rung" } });
  expect([ended({ loss: 8 }, 3), ended({ loss: 7 }, null), ended({ loss: 7 }, 3, "failed")]).toEqual([
    null,
    null,
    null,
  ]);
  expect(ended({ loss: 7 }, 3, null)).toBe(null);
  expect(() => scheduling.requireByHand()).not.toThrow();
  expect(scheduling.branches).toBe(false);
  expect(new Scheduling(projection, true).onEnd(0, 3, { state: "complete", values: { loss: 7 } })).toBe(null);
});

it("ends each trial as it says where its scheduler says nothing of ends", async () => {
  const { scheduling } = await deciding({}, "silent");
  expect(scheduling.onEnd(0, 3, DONE)).toBe(null);
  expect([scheduling.last(), scheduling.least]).toEqual([null, null]);
});

it("refuses to hand out by hand what goes on from checkpoints of others, and says how many begin before", async () => {
  const { scheduling } = await deciding({ least: 4 }, "branching", true);
  expect([scheduling.branches, scheduling.least]).toEqual([true, 4]);
  expect(() => scheduling.requireByHand()).toThrow(
    "Scheduler branching goes on from checkpoints of others, which trials asked for by hand do not keep here",
  );
});

it("stops trials at limits that grow, where it schedules at all", async () => {
  const storage = await openStorage(":memory:");
  const limits = ["gb <= 5"];
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space,
    sampler: "random",
    storage,
    limits,
    grows: ["gb"],
  });
  const trial = await study.ask();
  await trial.report(1, { loss: 1, gb: 9 });
  const projection = new StudyProjection();
  projection.apply(await storage.read(study.id, 0));
  const scheduling = new Scheduling(projection);
  expect(scheduling).toMatchObject({ watches: true, promotes: false });
  expect(scheduling.onReport(0, 0)).toMatchObject({ action: "stop" });
  const unscheduled = new Scheduling(projection, true);
  expect([unscheduled.watches, unscheduled.onReport(0, 0)]).toEqual([false, null]);
});
