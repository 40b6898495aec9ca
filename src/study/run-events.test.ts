import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import type { RunEvent } from "./run-options.ts";
import { StudyLog } from "./study-log.ts";

const space = { x: float(0, 1) };

/** A study, and what its runs tell, in short. */
async function told(more: object = {}) {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1, storage, ...more });
  const events: unknown[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === "finished") events.push(["finished", event.trial.number, event.best]);
    else if (event.type === "paused") events.push(["paused", event.trial.number]);
    else events.push(event);
  };
  const log = await StudyLog.open(storage, study.id);
  return { storage, study, log, events, onEvent };
}

const started = (trial: number, worker = 0) => ({ type: "started", trial, worker });

describe("what a run tells", () => {
  it("is each trial's beginning and end, in their order, and how it ended", async () => {
    const { study, events, onEvent } = await told();
    const summary = await study.optimize(({ number }) => [3, 1, 2][number]!, { trials: 3, onEvent });
    expect(events).toEqual([
      ...[started(0), ["finished", 0, true]],
      ...[started(1), ["finished", 1, true]],
      ...[started(2), ["finished", 2, false]],
    ]);
    expect(summary).toMatchObject({ reason: "trials", message: null, trialsSpent: 3, paused: 0, fullRuns: 3, ran: 3 });
  });

  it("is at its beginning what there was before, if there was anything", async () => {
    const { study, events, onEvent } = await told();
    await study.optimize(() => 1, { trials: 1, onEvent });
    expect(events.splice(0)[0]).toEqual(started(0));
    await study.enqueue({ x: 0.5 });
    const summary = await study.optimize(() => 1, { trials: 3, onEvent });
    expect(events[0]).toEqual({ type: "resumed", trialsSpent: 1, waiting: 1, limit: 3 });
    expect(summary).toMatchObject({ trialsSpent: 3, ran: 2 });
    const other = await told();
    await other.study.enqueue({ x: 0.5 });
    await other.study.optimize(() => 1, { trials: 1, onEvent: other.onEvent });
    expect(other.events[0]).toEqual({ type: "resumed", trialsSpent: 0, waiting: 1, limit: 1 });
  });

  it("is once that it stops, and in the end that it was killed where it was", async () => {
    const { study, events, onEvent } = await told();
    const [stop, kill] = [new AbortController(), new AbortController()];
    const objective = async (): Promise<number> => {
      stop.abort();
      kill.abort();
      return await new Promise(() => undefined);
    };
    const summary = await study.optimize(objective, { trials: 5, onEvent, stop: stop.signal, kill: kill.signal });
    expect(events).toEqual([
      started(0),
      { type: "stopping", reason: "stopped" },
      { type: "returned", trial: 0, outcome: "preempted" },
    ]);
    expect(summary).toMatchObject({ reason: "killed", trialsSpent: 0, ran: 0 });
    expect(study.trial(0).state).toBe("waiting");
  });

  it.each(["stop", "kill"] as const)(
    "is that it stops where it was to %s before it began, and no trial",
    async (how) => {
      const { study, events, onEvent } = await told();
      const reason = how === "stop" ? "stopped" : "killed";
      const summary = await study.optimize(() => 1, { trials: 5, onEvent, [how]: AbortSignal.abort() });
      expect([events, summary.reason, summary.ran]).toEqual([[{ type: "stopping", reason }], reason, 0]);
    },
  );

  it("is that a person paused it, and had it go on", async () => {
    const { study, log, events, onEvent } = await told();
    const paused = "The study is paused by a person: no new trial begins until it is continued.";
    const notice = (text: string) => ({ type: "notice", text });
    const running = study.optimize(
      async ({ number }) => {
        if (number === 0) await study.request("pause");
        return number;
      },
      { trials: 2, onEvent },
    );
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(3);
    expect(events.splice(0)).toEqual([started(0), notice(paused), ["finished", 0, true]]);
    await log.refresh();
    expect(log.state.budget.running).toBe(0);
    await study.request("continue");
    await running;
    expect(events).toEqual([notice("The study is continued."), started(1), ["finished", 1, false]]);
    await study.request("pause");
    const stop = new AbortController();
    const again = study.optimize(() => 1, { trials: 5, workers: 3, onEvent, stop: stop.signal });
    await expect
      .poll(() => events.slice(3))
      .toEqual([{ type: "resumed", trialsSpent: 2, waiting: 0, limit: 5 }, notice(paused)]);
    stop.abort();
    expect(await again).toMatchObject({ reason: "stopped", ran: 0 });
  });

  it("is that a trial was taken over meanwhile, of which it says nothing more", async () => {
    const { study, log, events, onEvent } = await told();
    const lost = { outcome: "lost", message: null, exitCode: null, signal: null, checkpoint: null } as const;
    const summary = await study.optimize(
      async ({ number }) => {
        await log.refresh();
        const { token } = log.trial(number).segments[0]!.attempts.at(-1)!.owner;
        if (number === 0 && log.trial(0).segments[0]!.attempts.length === 1)
          await log.execute({ type: "return", trial: 0, token, evidence: "self", end: lost });
        return 1;
      },
      { trials: 1, onEvent },
    );
    const text = "Trial 0 was taken over by another process while it ran here; this attempt does not count.";
    expect(events).toEqual([started(0), { type: "notice", text }, started(0), ["finished", 0, true]]);
    expect(summary.ran).toBe(1);
  });

  it("is once which trials it waits for that somebody asked for, and nothing of those that it runs itself", async () => {
    const { study, log, events, onEvent } = await told();
    const asked = [await study.ask({ detached: true }), await study.ask({ detached: true })];
    const running = study.optimize(() => 1, { trials: 3, onEvent });
    for (let look = 0; look < 3; look++) {
      await expect.poll(() => events.length, { timeout: 10_000 }).toBeGreaterThan(1);
      await log.execute({ type: "set-attribute", trial: null, system: false, key: `${look}`, text: "1" });
      for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    }
    await expect.poll(() => events, { timeout: 10_000 }).toContainEqual({ type: "awaiting", trials: [0, 1] });
    for (const trial of asked) await study.tell(trial, 2);
    expect(await running).toMatchObject({ reason: "trials", trialsSpent: 3, ran: 1 });
    expect(events.filter((event) => (event as RunEvent).type === "awaiting")).toHaveLength(1);
  });

  it("is which trials were lost with their process", async () => {
    const { storage, study, log, events, onEvent } = await told();
    const owner = leasedOwner("0");
    const gone = { ...owner, process: { ...(owner as { process: object }).process, pid: 2 ** 30 } } as typeof owner;
    await log.execute({ type: "claim", owner: gone, limit: null, until: null, candidate: null });
    await study.enqueue({ x: 0.5 });
    await log.execute({ type: "claim", owner: gone, limit: null, until: null, candidate: null });
    expect((await storage.read(study.id, 0)).filter(({ event }) => event.type === "started")).toHaveLength(1);
    const summary = await study.optimize(() => 1, { trials: 1, onEvent });
    expect(events[0]).toEqual({ type: "returned", trial: 0, outcome: "lost" });
    expect(events.slice(1)).toEqual([
      { type: "resumed", trialsSpent: 0, waiting: 1, limit: 1 },
      started(0),
      ["finished", 0, true],
    ]);
    expect(summary.ran).toBe(1);
  });

  it("is that it ends over failures that are all alike, unless it is to keep going", async () => {
    const { study, events, onEvent } = await told();
    const fails = (): never => {
      throw new Error("no such file");
    };
    const summary = await study.optimize(fails, { trials: 50, onEvent });
    expect(summary).toMatchObject({ reason: "same-failure", message: expect.stringContaining("no such file") });
    expect(summary.ran).toBeLessThan(20);
    expect(events.at(-1)).toEqual({ type: "stopping", reason: "same-failure" });
    const other = await told();
    expect(await other.study.optimize(fails, { trials: 20, keepGoing: true })).toMatchObject({
      ...{ reason: "trials", ran: 20 },
    });
  });

  it("ends with what mayStart throws, and what its events throw", async () => {
    const { study } = await told();
    const mayStart = async (): Promise<string | null> => await Promise.reject(new Error("no disk"));
    await expect(study.optimize(() => 1, { trials: 2, mayStart })).rejects.toThrow("no disk");
    expect(await study.optimize(() => 1, { trials: 2 })).toMatchObject({ ran: 2 });
  });
});
