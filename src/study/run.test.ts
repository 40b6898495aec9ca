import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Executor } from "../executor/executor.ts";
import type { TrialHandle } from "../executor/function/function-executor.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import { PAUSE_AND_PROMOTE } from "../scheduler/testing/pause-and-promote.testing.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";

registerScheduler(PAUSE_AND_PROMOTE);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scheduler = PAUSE_AND_PROMOTE.name;
const space = { x: float(0, 1) };

async function train(trial: TrialHandle<{ x: number }>): Promise<number> {
  for (let step = 1; step <= (trial.until ?? 9) && !trial.shouldStop(); step += 1) {
    trial.report(step, trial.params.x / step);
    await turn();
  }
  return trial.params.x;
}

it("goes on when another worker was first to resume a paused trial", async () => {
  const open = () =>
    createStudy({ name: "s", minimize: "loss", space, scheduler, seed: 1, storage: join(folder, "a.db") });
  const studies = [await open(), await open()];
  const runs = await Promise.all(studies.map((study) => study.optimize(train, { trials: 24, workers: 4 })));
  expect(runs.map(({ reason }) => reason)).toEqual(["trials", "trials"]);
  const [study] = studies;
  await study?.refresh();
  expect(study?.trials().length).toBe(24);
  expect(study?.trials().filter((trial) => trial.segments.length > 1).length).toBeGreaterThan(2);
  for (const each of studies) await each.close();
});

it.each([":memory:", "a.db"])(
  "keeps its limit of time with thousands of workers and a function that returns at once, in %s",
  async (place) => {
    const storage = place === ":memory:" ? place : join(folder, place);
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage });
    const { reason, trialsSpent } = await study.optimize(({ params }) => params.x, { workers: 20_000, timeout: 1 });
    expect(reason).toBe("timeout");
    expect(trialsSpent).toBeGreaterThan(0);
    await study.close();
  },
);

it("keeps a signal while a function that returns at once is tuned in memory", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const stop = new AbortController();
  setImmediate(() => stop.abort());
  const { reason } = await study.optimize(({ params }) => params.x, { workers: 2, signal: stop.signal });
  expect(reason).toBe("stopped");
  await study.close();
});

it("asks the storage no more often for 2,000 workers than a few times a trial", async () => {
  const storage = await openStorage(":memory:");
  const asked = { claims: 0, reads: 0 };
  const execute = storage.execute.bind(storage);
  storage.execute = (id, command, known) => {
    if (command.type === "claim") asked.claims += 1;
    return execute(id, command, known);
  };
  const read = storage.read.bind(storage);
  storage.read = (...where) => {
    asked.reads += 1;
    return read(...where);
  };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage });
  const { trialsSpent } = await study.optimize(
    async ({ params }) => {
      await turn();
      return params.x;
    },
    { workers: 2000, trials: 100 },
  );
  expect(trialsSpent).toBe(100);
  expect(asked.claims).toBeLessThan(500);
  expect(asked.reads).toBeLessThan(500);
  await storage.close();
});

it("has as many trials under way as there are workers", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const full = Promise.withResolvers<void>();
  let running = 0;
  await study.optimize(
    async ({ params }) => {
      running += 1;
      if (running === 100) full.resolve();
      await full.promise;
      return params.x;
    },
    { workers: 100, trials: 150 },
  );
  expect(running).toBe(150);
  await study.close();
});

it("ends when only paused trials are left and none is promoted", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler, seed: 1 });
  const { reason, trialsSpent } = await study.optimize(train, { trials: 2, workers: 2, timeout: 60 });
  expect(reason).toBe("trials");
  expect(trialsSpent).toBe(0);
  expect(study.trials().map(({ state }) => state)).toEqual(["paused", "paused"]);
});

it("does not end over paused trials while another one runs that may have them promoted", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler, seed: 1 });
  const slow = async (trial: TrialHandle<{ x: number }>): Promise<number> => {
    const arePaused = (): boolean => study.trials().filter(({ state }) => state === "paused").length === 2;
    if (trial.number === 2 && trial.until === 1) {
      while (!arePaused()) await turn();
      // The two other workers look for more meanwhile.
      for (let turns = 0; turns < 200; turns++) await turn();
    }
    return await train(trial);
  };
  await study.optimize(slow, { trials: 3, workers: 3 });
  expect(study.trials().filter(({ segments }) => segments.length > 1)).toHaveLength(1);
});

it("tells a lost attempt from one that was stopped", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const stop = new AbortController();
  const returned: string[] = [];
  const plain = { message: null, exitCode: null, signal: null, checkpoint: null };
  let attempts = 0;
  const executor: Executor = {
    name: "function",
    run: async () => {
      attempts += 1;
      if (attempts === 1) return { state: null, values: {}, end: { outcome: "lost", ...plain } };
      stop.abort();
      return { state: null, values: {}, end: { outcome: "preempted", ...plain } };
    },
    close: async () => undefined,
  };
  const { reason } = await study.run(executor, {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === "returned") returned.push(event.outcome);
    },
  });
  expect(reason).toBe("stopped");
  expect(returned).toEqual(["lost", "preempted"]);
  expect(study.trial(0)).toMatchObject({ state: "waiting", losses: 1 });
});

it("tells what happens in its order, and nothing that did not happen", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const told: string[] = [];
  const onEvent = (event: RunEvent): void => {
    const trial = "trial" in event ? event.trial : "";
    told.push(`${event.type} ${typeof trial === "object" ? trial.number : trial}`.trim());
    if (event.type === "resumed") expect(event).toMatchObject({ trialsSpent: 2, waiting: 0, limit: 3 });
  };
  await study.optimize(({ params }) => params.x, { trials: 2, onEvent });
  expect(told).toEqual(["started 0", "finished 0", "started 1", "finished 1"]);
  told.length = 0;
  await study.optimize(({ params }) => params.x, { trials: 3, onEvent });
  expect(told).toEqual(["resumed", "started 2", "finished 2"]);
  told.length = 0;
  // As many that wait as there are others.
  for (const x of [0.3, 0.4, 0.5]) await study.enqueue({ x });
  const stop = new AbortController();
  await study.optimize(
    ({ params }) => {
      stop.abort();
      return params.x;
    },
    { trials: 9, stop: stop.signal, onEvent: (event) => told.push(event.type) },
  );
  expect(told).toEqual(["resumed", "started", "stopping", "finished"]);
});

it("begins no trial that it may not start, and says why", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const mayStart = async (): Promise<string | null> => (study.trialsSpent < 2 ? null : "The disk is nearly full.");
  expect(await study.optimize(({ params }) => params.x, { trials: 5, mayStart })).toMatchObject({
    reason: "refused",
    message: "The disk is nearly full.",
    trialsSpent: 2,
    ran: 2,
  });
  expect(study.trials()).toHaveLength(2);
  expect(await study.optimize(({ params }) => params.x, { trials: 3, mayStart: async () => null })).toMatchObject({
    reason: "trials",
    message: null,
    trialsSpent: 3,
  });
});

it("ends what runs when it is killed, and begins nothing when it was stopped or killed before", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
  const kill = new AbortController();
  const begun = Promise.withResolvers<void>();
  const running = study.optimize(
    async ({ signal }) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return 1;
    },
    { trials: 1, grace: 1000, kill: kill.signal },
  );
  await begun.promise;
  kill.abort();
  expect(await running).toMatchObject({ reason: "killed", trialsSpent: 0, ran: 0 });
  expect(study.trials().map(({ state }) => state)).toEqual(["waiting"]);
  const ended = AbortSignal.abort();
  expect(await study.optimize(() => 1, { trials: 1, kill: ended })).toMatchObject({ reason: "killed", ran: 0 });
  expect(await study.optimize(() => 1, { trials: 1, stop: ended })).toMatchObject({ reason: "stopped", ran: 0 });
  expect(await study.optimize(() => 1, { trials: 1 })).toMatchObject({ reason: "trials", ran: 1 });
});

it("gives back a trial that it gets while it is being stopped, as it was", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage });
  await study.enqueue({ x: 0.5 });
  const stop = new AbortController();
  const execute = storage.execute.bind(storage);
  storage.execute = async (id, command, known) => {
    const answer = await execute(id, command, known);
    if (command.type === "claim") stop.abort();
    return answer;
  };
  const run = (): number => {
    throw new Error("never run");
  };
  expect(await study.optimize(run, { trials: 2, signal: stop.signal })).toMatchObject({ reason: "stopped", ran: 0 });
  expect(study.trial(0)).toMatchObject({ state: "waiting", segments: [{ attempts: [{ outcome: "preempted" }] }] });
  await study.close();
  await storage.close();
});

it("ends for all of its workers once no trial may begin any more", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random" });
  const hold = Promise.withResolvers<void>();
  let begun = 0;
  const mayStart = async (): Promise<string | null> => (begun < 2 ? null : "The disk is full.");
  const objective = async (): Promise<number> => {
    begun += 1;
    if (begun === 2) hold.resolve();
    await hold.promise;
    return 1;
  };
  const summary = await study.optimize(objective, { trials: 9, workers: 2, mayStart });
  expect(summary).toMatchObject({ reason: "refused", message: "The disk is full.", trialsSpent: 2 });
  await study.close();
});

/** A file in which answers that come soon are kept when the test says so. */
async function withheld() {
  const storage = await openStorage(join(folder, "withheld.db"));
  const gate = Promise.withResolvers<void>();
  const executeSoon = storage.executeSoon!.bind(storage);
  storage.executeSoon = (...command) =>
    executeSoon(...command).then((answer) => ({ ...answer, kept: answer.kept.then(() => gate.promise) }));
  return { storage, gate };
}

it.each(["random", "tpe"])(
  "goes on while the disk is to get what is done, and tells of nothing before, with %s",
  async (sampler) => {
    const { storage, gate } = await withheld();
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler, seed: 1, storage });
    const told: RunEvent[] = [];
    const ran: number[] = [];
    let over = false;
    const running = study.optimize(
      ({ params, number }) => {
        ran.push(number);
        return params.x;
      },
      { trials: 30, workers: 2, onEvent: (event) => told.push(event) },
    );
    void running.then(() => {
      over = true;
    });
    await expect.poll(() => study.trialsSpent, { timeout: 30_000 }).toBe(30);
    await turn();
    expect([ran.length, over, told.some(({ type }) => type === "finished")]).toEqual([30, false, false]);
    gate.resolve();
    expect(await running).toMatchObject({ trialsSpent: 30, ran: 30 });
    const ends = told.filter((event) => event.type === "finished");
    const losses = ends.map(({ trial }) => Number(trial.values.loss));
    // Each was the best or not as of its own end.
    expect(ends.map(({ best }) => best)).toEqual(losses.map((loss, k) => loss < Math.min(...losses.slice(0, k))));
    expect(ends.length).toBe(30);
    await storage.close();
  },
);

it("asks for the next trial behind the end of the one before, so that one transaction takes both", async () => {
  const sent = async (made: object, run: object) => {
    const { storage, gate } = await withheld();
    gate.resolve();
    const order: string[] = [];
    const { executeSoon } = storage;
    storage.executeSoon = async (id, command, known) => {
      order.push(command.type);
      const answer = await executeSoon!(id, command, known);
      await turn();
      order.push(`${command.type} answered`);
      return answer;
    };
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "tpe", seed: 1, storage, ...made });
    const { trialsSpent } = await study.optimize(({ params }) => params.x, { trials: 4, workers: 1, ...run });
    expect(trialsSpent).toBe(4);
    expect(await study.replay()).toMatchObject({ checked: 4, differences: [] });
    await storage.close();
    rmSync(storage.location);
    return order.slice(order.indexOf("finish")).slice(0, 3);
  };
  expect(await sent({}, {})).toEqual(["finish", "reserve", "finish answered"]);
  // Of the first it is told what its end used up, the second decides by it.
  expect(await sent({}, { budget: "9 runs" })).toEqual(["finish", "finish answered", "claim"]);
  expect(await sent({ scheduler }, {})).toEqual(["finish", "finish answered", "reserve"]);
});

it.each(["random", "tpe"])(
  "has the end of a function that keeps the thread busy on its way before the next begins, with %s",
  async (sampler) => {
    const { storage, gate } = await withheld();
    gate.resolve();
    const order: string[] = [];
    const executeSoon = storage.executeSoon!;
    storage.executeSoon = (id, command, known) => {
      if (command.type === "finish") order.push("end");
      return executeSoon(id, command, known);
    };
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler, seed: 1, storage });
    const objective = ({ params }: TrialHandle<{ x: number }>): number => {
      order.push("begin");
      const begin = performance.now();
      while (performance.now() - begin < 2);
      return params.x;
    };
    await study.optimize(objective, { trials: 12, workers: 4 });
    expect(order).toEqual(Array(12).fill(["begin", "end"]).flat());
    await storage.close();
  },
);

it("looks at each trial's end before the next begins where that may end the run", async () => {
  const { storage } = await withheld();
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage });
  const { reason, ran } = await study.optimize(({ number }) => 10 - number, { workers: 1, target: 5 });
  expect(reason).toBe("target");
  expect(ran).toBeLessThanOrEqual(7);
  await storage.close();
});

it("ends with the error of a disk that did not take what was done", async () => {
  const { storage, gate } = await withheld();
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage });
  gate.promise.catch(() => undefined);
  gate.reject(new Error("the disk is broken"));
  await expect(study.optimize(({ params }) => params.x, { trials: 5 })).rejects.toThrow("the disk is broken");
  await storage.close();
});
