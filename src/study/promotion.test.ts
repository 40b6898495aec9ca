import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { CommandExecutor } from "../executor/command/command-executor.ts";
import type { Executor } from "../executor/executor.ts";
import type { TrialHandle } from "../executor/function/function-executor.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import type { NextDecision, Scheduler } from "../scheduler/scheduler.ts";
import { HALVING, STOPPING_HALVING } from "../scheduler/testing/halving.testing.ts";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { holdReports } from "./hold-reports.testing.ts";
import type { RunEvent } from "./run-options.ts";

registerScheduler(HALVING);
registerScheduler(STOPPING_HALVING);

const space = { x: float(0, 1) };
type Handle = TrialHandle<{ x: number }>;

const open = (scheduler: string) =>
  createStudy({ name: "s", minimize: "loss", space, scheduler, sampler: "random", seed: 3 });

/** Tunes nothing: says at each step how far its one value still is. */
async function train(trial: Handle): Promise<number> {
  const until = trial.until ?? 9;
  for (let step = 1; step <= until && !trial.shouldStop(); step++) {
    await trial.report(step, trial.params.x + 1 / step);
    await turn();
  }
  return trial.params.x + 1 / until;
}

/** Says nothing before its end. */
const silent = ({ params, until }: Handle): number => params.x + 1 / (until ?? 9);

/** Registers a scheduler that decides what comes next, and pauses at each end. */
function deciding(name: string, next: Scheduler["next"]): string {
  const scheduler: Scheduler = {
    name,
    onReport: () => ({ action: "continue" }),
    onEnd: () => ({ action: "pause", reason: "enough for now" }),
    next,
  };
  registerScheduler({ name, watches: false, promotes: true, create: () => scheduler });
  return name;
}

it.each([
  ["report as they go", train],
  ["say nothing before their end", silent],
])("pauses and promotes functions that end at the step they were given and %s", async (_how, objective) => {
  const study = await open(HALVING.name);
  const events: RunEvent["type"][] = [];
  const onEvent = ({ type }: RunEvent): unknown => events.push(type);
  const { reason, trialsSpent } = await study.optimize(objective, { trials: 18, workers: 3, onEvent });
  const complete = study.trials().filter(({ state }) => state === "complete");
  const paused = study.trials().filter(({ state }) => state === "paused");
  expect([reason, trialsSpent, complete.length + paused.length]).toEqual(["trials", complete.length, 18]);
  expect(complete.length).toBeGreaterThan(1);
  for (const { decisions = [], segments, params, values } of complete) {
    expect(segments.map(({ until }) => until)).toEqual([1, 3, null]);
    expect(decisions.map(({ action }) => action)).toEqual(["start", "pause", "resume", "pause", "resume"]);
    expect(decisions[2]!.reason).toMatch(/^number \d of \d+ at step 1$/);
    expect(values.loss).toBe(params.x + 1 / 9);
  }
  expect(paused.every(({ message }) => message?.startsWith("the end of the rung at step"))).toBe(true);
  const segments = study.trials().flatMap((trial) => trial.segments).length;
  // Each begins by a decision, and all but the last of a complete trial end by one.
  expect(events.filter((type) => type === "paused")).toHaveLength(segments - complete.length);
  const { decisions, ...report } = await study.replay();
  expect(report.differences).toEqual([]);
  expect(decisions).toEqual({ checked: 2 * segments - complete.length, differences: [], otherEngine: [] });
  await study.close();
});

it("gives functions a step to run up to, and pauses at a report those that go beyond it", async () => {
  const study = await open(HALVING.name);
  const untils: (number | null)[] = [];
  const heedless = async (trial: Handle): Promise<number> => {
    untils.push(trial.until);
    for (let step = 1; step <= 9 && !trial.shouldStop(); step++) {
      await trial.report(step, trial.params.x + 1 / step);
      await turn();
    }
    return trial.params.x;
  };
  await study.optimize(heedless, { trials: 9, workers: 2, freeze: "never" });
  expect(new Set(untils)).toEqual(new Set([1, 3, null]));
  const { decisions } = await study.replay();
  expect(decisions).toMatchObject({ differences: [] });
  expect(study.trials().filter(({ state }) => state === "complete").length).toBeGreaterThan(0);
  await study.close();
});

it("writes a row for each rung that a program passes while it runs on", async () => {
  const study = await open(STOPPING_HALVING.name);
  await study.optimize(train, { trials: 12, workers: 2 });
  const actions = study.trials().map(({ decisions = [] }) => decisions.map(({ action }) => action).join(" "));
  expect(actions).toContain("pass pass");
  expect(actions.some((all) => all.endsWith("stop"))).toBe(true);
  expect(study.trials().map(({ state }) => state)).not.toContain("paused");
  expect((await study.replay()).decisions).toMatchObject({ differences: [] });
  await study.close();
});

it("lets a trial that was given back go on to where it was to run, before anything is decided anew", async () => {
  const next = (): NextDecision => ({ action: "start-new", until: 4 });
  const study = await open(deciding("four-steps", next));
  const stop = new AbortController();
  const interrupted = async (trial: Handle): Promise<number> => {
    stop.abort();
    while (!trial.shouldStop()) await turn();
    return 1;
  };
  await study.optimize(interrupted, { trials: 2, signal: stop.signal, grace: 0.1 });
  expect(study.trials().map(({ state }) => state)).toEqual(["waiting"]);
  await study.optimize(train, { trials: 2 });
  const [first] = study.trials();
  expect(first).toMatchObject({ state: "paused", segments: [{ until: 4, attempts: [{}, {}] }] });
  expect(first!.decisions?.map(({ action }) => action)).toEqual(["start", "pause"]);
  await study.close();
});

it("begins no more trials than are wanted, given back ones included", async () => {
  const study = await open(deciding("one-step", () => ({ action: "start-new", until: 1 })));
  await study.optimize(train, { trials: 3, workers: 3 });
  const summary = await study.optimize(train, { trials: 3, workers: 3 });
  expect(summary).toMatchObject({ reason: "trials", trialsSpent: 0, ran: 0 });
  expect(study.trials().map(({ state }) => state)).toEqual(["paused", "paused", "paused"]);
  await study.close();
});

it("says of a scheduler that decides what cannot be done that it does", async () => {
  const study = await open(
    deciding("resumes-anything", () => ({ action: "resume", trial: 0, until: null, reason: "!" })),
  );
  await study.enqueue({ x: 0.5 });
  await expect(study.optimize(train, { trials: 3 })).rejects.toThrow(
    "Scheduler resumes-anything decides what cannot be done: Trial 0 cannot be resumed: expected paused, it is waiting.",
  );
  await study.close();
});

it("says of a scheduler that waits for nothing that it does", async () => {
  const study = await open(deciding("waits-for-ever", () => ({ action: "wait" })));
  await expect(study.optimize(train, { trials: 3 })).rejects.toThrow(
    "Scheduler waits-for-ever waits, but no trial runs; it has to begin one, or run a paused one on.",
  );
  await study.close();
});

it("names each decision that is not made again, and tells those of another engine apart", async () => {
  let until = 2;
  const study = await open(deciding("changes-its-mind", () => ({ action: "start-new", until })));
  await study.optimize(train, { trials: 2 });
  expect((await study.replay()).decisions).toEqual({ checked: 4, differences: [], otherEngine: [] });
  until = 3;
  const { decisions } = await study.replay();
  expect(decisions).toMatchObject({ checked: 2, otherEngine: [] });
  expect(decisions!.differences.map(({ trial, stored, recomputed }) => [trial, stored, recomputed])).toEqual(
    [0, 1].map((trial) => {
      const told = { action: "start-new", trial, reason: "" };
      return [trial, { ...told, until: 2 }, { ...told, until: 3 }];
    }),
  );
  await study.close();
});

it("decides anew under settings that changed meanwhile", async () => {
  const storage = await openStorage(":memory:");
  const made = (scheduler: string) =>
    createStudy({ name: "s", minimize: "loss", space, scheduler, sampler: "random", seed: 3, storage });
  const name = deciding("of-before", () => ({ action: "start-new", until: 1 }));
  const study = await made(name);
  const objective = async (trial: Handle): Promise<number> => {
    if (trial.number === 1) await made("none");
    return await train(trial);
  };
  await study.optimize(objective, { trials: 4 });
  await study.refresh();
  expect(study.trials().map(({ state, segments }) => [state, segments[0]!.until])).toEqual([
    ["paused", 1],
    ["complete", 1],
    ["complete", null],
    ["complete", null],
  ]);
  expect((await study.replay()).decisions).toMatchObject({ checked: 3, differences: [] });
  await study.close();
  await storage.close();
});

it("ends with a space that is exhausted, though its trials are paused", async () => {
  const scheduler = deciding("one-step-of-a-grid", () => ({ action: "start-new", until: 1 }));
  const grid = { n: int(1, 2) };
  const study = await createStudy({ name: "s", minimize: "loss", space: grid, scheduler, sampler: "grid" });
  // The second run knows it before anything is reserved.
  for (const _run of [1, 2]) {
    const summary = await study.optimize(({ params }) => params.n, { trials: 9 });
    expect(summary).toMatchObject({ reason: "exhausted", trialsSpent: 0, paused: 2 });
  }
  await study.close();
});

it.each([0, 1])(
  "does not end over a trial marked invalid that its scheduler waits for, %i others paused",
  async (others) => {
    const next: Scheduler["next"] = (view) =>
      view.trial(others)?.state === "running" ? { action: "wait" } : { action: "start-new", until: 1 };
    const study = await open(deciding(`waits-for-${others}`, next));
    if (others === 1) await study.optimize(silent, { trials: 1 });
    const asked = await study.ask();
    expect(asked.number).toBe(others);
    await study.invalidate(asked.number);
    const run = study.optimize(silent, { trials: 3 });
    for (let turns = 0; turns < 20; turns++) await turn();
    await study.tell(asked, 1);
    expect(await run).toMatchObject({ reason: "trials", paused: 3 });
    await study.close();
  },
);

it("runs paused trials on that its scheduler wants run on when nothing else is left, one after the other", async () => {
  const scheduler: Scheduler = {
    name: "runs-all-on",
    onReport: () => ({ action: "continue" }),
    onEnd: (_view, { segments }) =>
      segments.length < 2 ? { action: "pause", reason: "enough for now" } : { action: "finish" },
    next: () => ({ action: "start-new", until: 1 }),
    last: (view) => {
      const [trial] = view.paused;
      return trial === undefined || trial > 1 ? null : { action: "resume", trial, until: 2, reason: "at last" };
    },
  };
  registerScheduler({ name: scheduler.name, watches: false, promotes: true, create: () => scheduler });
  for (const workers of [1, 3]) {
    const study = await open(scheduler.name);
    const summary = await study.optimize(silent, { trials: 3, workers });
    expect(summary).toMatchObject({ reason: "trials", trialsSpent: 2, paused: 1 });
    expect(study.trials().map(({ state, segments }) => [state, segments.length])).toEqual([
      ["complete", 2],
      ["complete", 2],
      ["paused", 1],
    ]);
    expect(study.trial(0).decisions?.map(({ action, reason }) => [action, reason])).toEqual([
      ["start", ""],
      ["pause", "enough for now"],
      ["resume", "at last"],
    ]);
    expect((await study.replay()).decisions).toMatchObject({ differences: [] });
    await study.close();
  }
});

it("gives trials that are asked for by hand steps to run up to, pauses them there and hands them out again", async () => {
  const study = await open(HALVING.name);
  for (let n = 0; n < 26; n++) {
    const trial = await study.ask();
    if (n % 5 === 4) {
      await study.tell(trial, { failed: true });
      continue;
    }
    const value = trial.params.x + 1 / (trial.until ?? 9);
    if (n % 2 === 0) await trial.report(trial.until ?? 9, value);
    await (n % 3 === 0 ? study.tell(trial.number, value, { token: trial.token }) : study.tell(trial, value));
    expect(study.trial(trial.number).state).toBe(trial.until === null ? "complete" : "paused");
  }
  const complete = study.trials().filter(({ state }) => state === "complete");
  expect(complete.length).toBeGreaterThan(0);
  for (const { segments, decisions = [], params, values } of complete) {
    expect(segments.map(({ until }) => until)).toEqual([1, 3, null]);
    expect(decisions.map(({ action }) => action)).toEqual(["start", "pause", "resume", "pause", "resume"]);
    expect(values.loss).toBe(params.x + 1 / 9);
  }
  const { differences, decisions } = await study.replay();
  expect([differences, decisions!.differences]).toEqual([[], []]);
  expect(decisions!.checked).toBeGreaterThan(26);
  await study.close();
});

it("lets who asks by hand wait where the scheduler waits for a trial that runs, and takes lost ones back meanwhile", async () => {
  const name = deciding("one-by-one", ({ rows, pending }) => {
    if (pending.length > 0) return { action: "wait" };
    return { action: "start-new", until: rows.length < 2 ? 1 : null };
  });
  const study = await open(name);
  const first = await study.ask();
  let second: number | null = null;
  const asked = study.ask().then((trial) => {
    second = trial.number;
    return trial;
  });
  await turn();
  expect(second).toBe(null);
  await study.tell(first, 1);
  await study.tell(await asked, 2);
  expect(study.trials().map(({ state }) => state)).toEqual(["paused", "paused"]);
  // One that is lost is handed out again, up to where it was to run.
  const lost = await study.ask({ detached: true, expires: 0.001 });
  expect(lost.until).toBe(null);
  const again = await study.ask();
  expect([again.number, again.until]).toEqual([lost.number, null]);
  await study.tell(again, 3);
  expect(study.trial(again.number).state).toBe("complete");
  await study.close();
});

describe("a program that ends well by itself though its scheduler paused it meanwhile", () => {
  /** Pauses at the first report from `until` on; `end` is its word on programs that end by themselves, undefined for none. */
  function pausing(name: string, until: number | null, end: "finish" | "pause" | undefined): string {
    const answer = end === "pause" ? { action: end, reason: "the end of its stretch" } : { action: "finish" as const };
    const scheduler: Scheduler = {
      name,
      onReport: (_view, _trial, { step }) =>
        step >= (until ?? 1) ? { action: "pause", reason: "not among the best" } : { action: "continue" },
      ...(end !== undefined && { onEnd: () => answer }),
      next: () => ({ action: "start-new", until }),
    };
    registerScheduler({ name, watches: true, promotes: true, create: () => scheduler });
    return name;
  }

  /** One trial of a program whose reports are all judged once it has ended. */
  async function ended(scheduler: string, shell: string, fidelity = false) {
    const over = Promise.withResolvers<void>();
    const memory = await openStorage(":memory:");
    const given = fidelity ? { ...space, epochs: int(1, 3, { fidelity: true }) } : space;
    const storage = holdReports(memory, () => over.promise);
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space: given,
      scheduler,
      sampler: "random",
      storage,
    });
    const programs = new CommandExecutor({ command: { shell }, parameters: Object.keys(given) });
    const executor: Executor = {
      name: programs.name,
      memory: () => programs.memory(),
      run: (...job) => programs.run(...job).finally(over.resolve),
      close: () => programs.close(),
    };
    await study.run(executor, { trials: 1 });
    await executor.close();
    const { decisions } = await study.replay();
    await study.close();
    await memory.close();
    expect(decisions).toMatchObject({ differences: [], otherEngine: [] });
    return study.trial(0);
  }

  const steps = (last: number): string =>
    `for step in $(seq ${last}); do echo "step $step loss=$step.5"; done; echo loss=0.25`;

  it.each([
    [null, "pause", "complete"],
    [null, undefined, "complete"],
    // Two steps of its own from there on: it went on to its own end.
    [1, "pause", "complete"],
    [1, "finish", "complete"],
    [3, "finish", "paused"],
    [3, undefined, "paused"],
  ] as const)("given step %s, and told %s at its end: %s", async (until, end, state) => {
    const trial = await ended(pausing(`late-${until}-${end}`, until, end), steps(3));
    expect(trial.state).toBe(state);
    expect(trial.reports.map(({ step }) => step)).toEqual([1, 2, 3, 3]);
    const actions = trial.decisions?.map(({ action }) => action);
    if (state === "paused") {
      expect(trial).toMatchObject({ outcome: "paused", message: "not among the best" });
      expect(actions).toEqual(["start", "pause"]);
    } else {
      expect(trial).toMatchObject({ outcome: "ok", message: null, values: { loss: 0.25 } });
      expect(actions).toEqual(["start"]);
    }
  });

  it("fails where it ended badly", async () => {
    expect(await ended(pausing("late-failed", null, "pause"), `${steps(2)}; exit 3`)).toMatchObject({
      state: "failed",
    });
  });

  it("stays paused in a study with a fidelity", async () => {
    expect(await ended(pausing("late-fidelity", null, "finish"), steps(5), true)).toMatchObject({ state: "paused" });
  });

  it.each(["never", "auto"] as const)("as a function does that looks at nothing, with freeze %s", async (freeze) => {
    const study = await open(pausing(`late-function-${freeze}`, null, "pause"));
    const objective = async (trial: Handle): Promise<number> => {
      void trial.report(1, 0.5);
      while (study.trial(0).reports.length === 0) await turn();
      for (let turns = 0; turns < 20; turns++) await turn();
      return 0.25;
    };
    await study.optimize(objective, { trials: 1, freeze });
    expect(study.trial(0)).toMatchObject({ state: "complete", values: { loss: 0.25 } });
    expect((await study.replay()).decisions).toMatchObject({ checked: 1, differences: [] });
    await study.close();
  });

  it("stays paused where it was asked to end and did", async () => {
    const study = await open(pausing("late-heeding", null, "pause"));
    const objective = async (trial: Handle): Promise<number> => {
      void trial.report(1, 0.5);
      while (!trial.shouldStop()) await turn();
      return 0.25;
    };
    await study.optimize(objective, { trials: 1, freeze: "never" });
    expect(study.trial(0)).toMatchObject({ state: "paused", message: "not among the best" });
    await study.close();
  });
});
