import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { registerScheduler } from "../scheduler/registry.ts";
import type { NextDecision, Scheduler } from "../scheduler/scheduler.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { StudyCommand } from "../trial/command.ts";
import type { Trial } from "../trial/trial.ts";
import { BudgetPurse } from "./budget-purse.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { Proposer } from "./proposer.ts";
import { ScheduledAsk } from "./scheduled-ask.ts";
import { Scheduling } from "./scheduling.ts";
import { StudyLog } from "./study-log.ts";

const END = { message: null, exitCode: 0, signal: null, checkpoint: null } as const;
let said: NextDecision[] = [];
let last: Extract<NextDecision, { action: "resume" }> | null = null;
/** Decides what is put into `said`, one after the other, and then to begin new trials up to step 3. */
const told: Scheduler = {
  name: "told",
  onReport: () => ({ action: "continue" }),
  next: () => said.shift() ?? { action: "start-new", until: 3 },
  last: () => last,
};
registerScheduler({ name: "told", watches: true, promotes: true, branches: true, create: () => told });
registerScheduler({ name: "many", watches: true, promotes: true, create: () => ({ ...told, name: "many", least: 4 }) });

async function asking(
  more: { readonly limit?: number | null; readonly scheduler?: string; readonly runs?: number } = {},
) {
  const { limit = null, scheduler = "told", runs } = more;
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    scheduler,
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  const replaced: number[] = [];
  const budget = runs === undefined ? null : new BudgetPurse(log, { unit: "runs", amount: runs }, true);
  const ask = new ScheduledAsk({
    ...{ log, proposer: new Proposer(log), scheduling: new Scheduling(log), frozen: null, limit, budget },
    replaced: ({ number }: Trial) => replaced.push(number),
  });
  [said, last] = [[], null];
  const owner = leasedOwner("0");
  const { token } = owner;
  /** Has a trial come to its step and pause there. */
  const paused = async (trial: number): Promise<void> => {
    const seq = log.state.reportCount(trial);
    await log.execute({ type: "report", trial, token, reports: [{ seq, step: 3 * (seq + 1), values: { loss: 1 } }] });
    await log.execute({ type: "pause", trial, token, end: { ...END, checkpoint: `of ${trial}`, outcome: "paused" } });
  };
  const next = async () => await ask.next(owner);
  return { storage, study, log, ask, owner, token, paused, next, replaced };
}

const resume = (trial: number, until: number | null = 9) =>
  ({ action: "resume", trial, until, reason: "the best" }) as const;

describe.each(["random", "tpe", "asha"])("before the disk has it, with %s,", (name) => {
  it("a trial is handed out to this process alone, and to nobody whose token may be shown anywhere", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-ask-"));
    const storage = await openStorage(join(folder, "s.db"));
    const handedOut: [type: string, soon: boolean][] = [];
    const execute = storage.execute.bind(storage);
    const executeSoon = storage.executeSoon!.bind(storage);
    const noted = <C extends StudyCommand>(command: C, soon: boolean): C => {
      if (command.type === "claim" || command.type === "commit") handedOut.push([command.type, soon]);
      return command;
    };
    storage.execute = (id, command, known) => execute(id, noted(command, false), known);
    storage.executeSoon = (id, command, known) => executeSoon(id, noted(command, true), known);
    const parts = name === "asha" ? { scheduler: { name, smallest: 1, largest: 9 } } : { sampler: name };
    const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, ...parts });
    const request = { id: "key", asks: "ask" };
    const first = await study.ask({ detached: true, request });
    await study.ask({ detached: true, expires: 60 });
    expect((await study.ask({ detached: true, request })).number).toBe(first.number);
    const isSoon = new Set(handedOut.map(([, soon]) => soon));
    expect([...isSoon]).toEqual([false]);
    // Asked for again, it is the storage that answers.
    expect(handedOut.at(-1)).toEqual(["claim", false]);
    await study.ask();
    expect(handedOut.at(-1)?.[1]).toBe(true);
    await study.close();
    await storage.close();
    rmSync(folder, { recursive: true });
  });
});

describe("what is handed out next", () => {
  it("is what the scheduler decides: a new trial, a paused one, or nothing while others run", async () => {
    const { log, next, paused, owner } = await asking();
    expect(await next()).toMatchObject({ kind: "trial", trial: 0, until: 3 });
    said = [{ action: "wait" }];
    expect(await next()).toEqual({ kind: "wait" });
    await paused(0);
    said = [resume(0)];
    expect(await next()).toMatchObject({ kind: "trial", trial: 0, segment: 1, until: 9 });
    expect(log.trial(0).decisions).toMatchObject([
      { action: "start", reason: "" },
      { action: "resume", reason: "the best" },
    ]);
    expect(log.trial(0).segments[1]!.attempts[0]!.owner).toEqual(owner);
  });

  it("is a trial whose attempt was lost before anything is decided, and a fresh run, but no other that waits", async () => {
    const { study, log, next, token } = await asking({ limit: 3 });
    await next();
    await log.execute({ type: "return", trial: 0, token, evidence: "self", end: { ...END, outcome: "preempted" } });
    said = [{ action: "wait" }];
    expect(await next()).toMatchObject({ kind: "trial", trial: 0, segment: 0, until: 3 });
    expect(said).toHaveLength(1);
    said = [];
    await study.enqueue({ x: 0.5 });
    // As new ones, it goes up to the step that is decided.
    expect(await next()).toMatchObject({ trial: 1, until: 3 });
    await study.replicate(0, 1, 5);
    said = [{ action: "wait" }];
    expect(await next()).toMatchObject({ trial: 2, until: null });
    await log.execute({ type: "return", trial: 2, token, evidence: "self", end: { ...END, outcome: "preempted" } });
    for (const trial of [0, 1])
      await log.execute({
        type: "finish",
        trial,
        token,
        state: "complete",
        values: { loss: 1 },
        end: { ...END, outcome: "ok" },
      });
    expect(await next()).toMatchObject({ trial: 2 });
  });

  it("is refused where the scheduler decides what cannot be, or waits for nothing", async () => {
    const { next, paused } = await asking();
    said = [{ action: "wait" }];
    await expect(next()).rejects.toThrow(
      "Scheduler told waits, but no trial runs; it has to begin one, or run a paused one on.",
    );
    await next();
    said = [resume(0)];
    await expect(next()).rejects.toMatchObject({
      code: "invalid-argument",
      message: expect.stringMatching(/^Scheduler told decides what cannot be done: Trial 0 /),
    });
    await paused(0);
    said = [resume(0, 2)];
    await expect(next()).rejects.toThrow("decides what cannot be done");
  });

  it("is decided again where another process was first", async () => {
    const { storage, log, next, paused, owner } = await asking();
    await next();
    await paused(0);
    const other = await StudyLog.open(storage, log.id);
    const { execute } = storage;
    let isFirst = true;
    storage.execute = async (id, command, known) => {
      if (command.type === "resume" && isFirst) {
        isFirst = false;
        await other.execute({ type: "resume", trial: 0, owner: leasedOwner("1"), until: 9, limit: null });
      }
      return (await execute.call(storage, id, command, known)) as never;
    };
    said = [resume(0), { action: "start-new", until: 5 }];
    expect(await next()).toMatchObject({ kind: "trial", trial: 1, until: 5 });
    expect(owner.kind).toBe("leased");
  });

  it("needs as many trials in all as the scheduler begins before any goes on", async () => {
    await expect((await asking({ scheduler: "many", limit: 3 })).next()).rejects.toThrow(
      "Scheduler many has a population of 4, and 3 trials are wanted in all; give as many at least, or a smaller population.",
    );
    for (const limit of [4, null])
      expect(await (await asking({ scheduler: "many", limit })).next()).toMatchObject({ trial: 0 });
  });

  it("takes the place of a paused one, of which is told, and none where it replaces none", async () => {
    const { log, next, paused, replaced } = await asking();
    for (const trial of [0, 1]) {
      await next();
      await paused(trial);
    }
    const branch = {
      action: "branch",
      of: { trial: 0, segment: 0 },
      params: { x: 0.75 },
      until: 6,
      reason: "better",
    } as const;
    said = [{ ...branch, replaces: 1 } as never];
    expect(await next()).toMatchObject({ kind: "trial", trial: 2, until: 6 });
    expect([replaced, log.trial(1).state]).toEqual([[1], "pruned"]);
    said = [{ ...branch, replaces: null } as never];
    expect(await next()).toMatchObject({ trial: 3 });
    expect(replaced).toEqual([1]);
  });

  it("is held to the purse, without what is kept for the winner, which the last one may have", async () => {
    const { next, paused, ask, owner } = await asking({ runs: 2 });
    expect(await next()).toMatchObject({ trial: 0 });
    await paused(0);
    expect(await next()).toEqual({ kind: "done", spent: true });
    expect(await ask.last(owner)).toBe("none");
    last = resume(0, null);
    expect(await ask.last(owner)).toMatchObject({ kind: "trial", trial: 0, until: null });
  });
});

describe("the last one", () => {
  it("is what the scheduler would run on anyway, as it decides that", async () => {
    const { log, next, paused, ask, owner } = await asking();
    await next();
    await paused(0);
    [last, said] = [resume(0, null), [{ ...resume(0), reason: "due" }]];
    expect(await ask.last(owner)).toMatchObject({ trial: 0, until: 9 });
    expect(log.trial(0).decisions!.at(-1)).toMatchObject({ reason: "due" });
  });

  it("is left to another process that was first, and is none without a scheduler that goes on", async () => {
    const { next, ask, owner } = await asking();
    await next();
    last = resume(0, null);
    expect(await ask.last(owner)).toBe(null);
    last = null;
    expect(await ask.last(owner)).toBe("none");
    expect(await (await asking({ scheduler: "none" })).ask.last(owner)).toBe("none");
    last = resume(7, null);
    await expect(ask.last(owner)).rejects.toThrow();
  });
});
