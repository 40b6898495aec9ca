import { describe, expect, it } from "vitest";
import { float, int } from "../space/index.ts";
import { MemoryStorage, MemoryStore } from "../storage/memory/memory-storage.ts";
import type { ImportedTrial } from "../trial/imported-trial.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import { isAsked } from "./asked-trials.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";

const space = { x: float(0, 1) };
const open = (storage?: MemoryStorage) =>
  createStudy({ name: "s", minimize: "loss", space, sampler: "random", ...(storage && { storage }) });

function imported(state: TrialState, x: number): ImportedTrial {
  return { params: { x }, state, values: {}, reports: [], startedAt: null, finishedAt: null, attributes: {} };
}

describe("a trial that was asked for", () => {
  it("is named by a run that has nothing else left, once, and the run ends when it is told about", async () => {
    const study = await open();
    const { number } = await study.ask({ detached: true });
    const events: RunEvent[] = [];
    const summary = await study.optimize(({ params }) => params.x, {
      trials: 3,
      onEvent: (event) => {
        events.push(event);
        if (event.type === "awaiting") setImmediate(() => void study.tell(number, 1));
      },
    });
    expect(events.filter(({ type }) => type === "awaiting")).toEqual([{ type: "awaiting", trials: [number] }]);
    expect(summary).toMatchObject({ reason: "trials", trialsSpent: 3, ran: 2 });
  });

  it("is waited for no longer once it is marked invalid, by a grid neither", async () => {
    const study = await createStudy({ name: "g", minimize: "loss", space: { n: int(1, 3) }, sampler: "grid" });
    const { number } = await study.ask({ detached: true });
    const summary = await study.optimize(({ params }) => params.n, {
      onEvent: ({ type }) => {
        if (type === "awaiting") void study.invalidate(number);
      },
    });
    // Its cell is tried again.
    expect(summary).toMatchObject({ reason: "exhausted", trialsSpent: 3 });
  });

  it("is lost when its time is over, and tried again", async () => {
    const clock = { now: 1_000_000 };
    const study = await open(new MemoryStorage(new MemoryStore(), () => clock.now));
    const { number, token } = await study.ask({ detached: true, expires: 7200 });
    const endless = await study.ask({ detached: true });
    clock.now += 7_199_999;
    expect(await study.reclaim()).toEqual([]);
    clock.now += 1;
    expect(await study.reclaim()).toEqual([number]);
    expect(study.trial(number)).toMatchObject({ state: "waiting", outcome: "lost", losses: 1 });
    expect(study.trial(endless.number).state).toBe("running");
    await expect(study.tell(number, 1, { token })).rejects.toThrow(/is not held by/);
  });

  it("can be told about late, as long as nobody has taken it", async () => {
    const clock = { now: 1_000_000 };
    const study = await open(new MemoryStorage(new MemoryStore(), () => clock.now));
    const { number, token } = await study.ask({ detached: true, expires: 1 });
    clock.now += 5000;
    await study.tell(number, 0.5, { token });
    expect(study.trial(number).state).toBe("complete");
  });

  it.each([{ detached: true, expires: 0 }, { detached: true, expires: Number.NaN }, { expires: 5 }])(
    "refuses %j",
    async (options) => {
      const study = await open();
      await expect(study.ask(options)).rejects.toThrow(/expires is /);
      expect(study.trials()).toEqual([]);
    },
  );
});

it("are as they were, whatever the function does with the parameters it was given", async () => {
  const study = await open();
  await study.optimize(
    (trial) => {
      const params = trial.params as { x: number };
      params.x *= 2;
      return params.x;
    },
    { trials: 6 },
  );
  for (const { params, values } of study.trials()) expect(values.loss).toBe(2 * params.x);
  expect(await study.replay()).toMatchObject({ checked: 6, differences: [] });
});

describe("imported trials", () => {
  it("that wait are run within the budget", async () => {
    const study = await open();
    await study.importTrials(Array.from({ length: 20 }, (_, k) => imported("waiting", k / 20)));
    expect(await study.optimize(({ params }) => params.x, { trials: 5, workers: 3 })).toMatchObject({
      trialsSpent: 5,
      ran: 5,
    });
    expect(study.trials().filter(({ state }) => state === "complete")).toHaveLength(5);
    expect(study.trials()).toHaveLength(20);
  });

  it("that run elsewhere hang no run", async () => {
    const study = await createStudy({ name: "g", minimize: "loss", space: { n: int(1, 3) }, sampler: "grid" });
    const running = { ...imported("running", 0), params: { n: 2 } };
    await study.importTrials([running]);
    const { reason } = await study.optimize(({ params }) => params.n);
    expect(reason).toBe("exhausted");
  });
});

it("is out by hand as long as its newest attempt is, whoever had it before", () => {
  const attempt = (kind: string) => ({ owner: { kind } });
  const trial = (attempts: readonly (readonly string[])[], more: Partial<Trial> = {}): Trial =>
    ({
      state: "running",
      invalid: [],
      segments: attempts.map((kinds) => ({ attempts: kinds.map(attempt) })),
      ...more,
    }) as unknown as Trial;
  expect(isAsked(trial([["leased", "detached"]]))).toBe(true);
  expect(isAsked(trial([["detached", "leased"]]))).toBe(false);
  expect(isAsked(trial([["detached"], ["leased"]]))).toBe(false);
  expect(isAsked(trial([["leased"], ["leased", "detached"]]))).toBe(true);
  expect(isAsked(trial([["detached"]], { state: "waiting" }))).toBe(false);
  expect(isAsked(trial([["detached"]], { invalid: [{ from: 1, to: null }] }))).toBe(false);
  expect(isAsked(trial([]))).toBe(false);
});
