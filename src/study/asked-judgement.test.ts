import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { AskedJudgement } from "./asked-judgement.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { stopTrialCommand } from "./person-requests.ts";
import type { ReportDecided, Scheduling } from "./scheduling.ts";
import { StudyLog } from "./study-log.ts";

const record = { view: 1, settingsVersion: 1, engine: "1", reason: "third of 11 at 9" };

/** A trial that somebody asked for and that made three reports; what is decided on each, null for nothing. */
async function judged(decisions: readonly (ReportDecided["action"] | null)[]) {
  const storage = new MemoryStorage();
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  await study.enqueue({ x: 0.5 });
  const owner = leasedOwner("0");
  await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
  const { token } = owner;
  const reports = decisions.map((_, seq) => ({ seq, step: seq + 1, values: { loss: 10 - seq } }));
  await log.execute({ type: "report", trial: 0, token, reports });
  const looked: number[] = [];
  const onReport = (_: number, report: number): ReportDecided | null => {
    looked.push(report);
    const action = decisions[report]!;
    return action === null ? null : ({ action, record: { ...record, report } } as unknown as ReportDecided);
  };
  const scheduling = { watches: true, onReport } as unknown as Scheduling;
  return { log, looked, judgement: new AskedJudgement(log, scheduling, 0, token) };
}

it("goes on while nothing is decided, and looks at each report once", async () => {
  const { judgement, looked } = await judged([null, null, null]);
  expect(await judgement.earlyEnd()).toBeNull();
  expect(await judgement.earlyEnd()).toBeNull();
  expect(looked).toEqual([0, 1, 2]);
});

it("pauses what the scheduler pauses, with its reason, at the first such report", async () => {
  const { log, judgement, looked } = await judged([null, "pause", "stop"]);
  expect(await judgement.earlyEnd()).toEqual({ action: "pause", reason: record.reason });
  expect(looked).toEqual([0, 1]);
  await judgement.end(2);
  expect(log.trial(0)).toMatchObject({
    state: "paused",
    segments: [{ attempts: [{ outcome: "paused", message: record.reason, seconds: 2 }] }],
  });
});

it("ends what it stops as pruned, with its last values", async () => {
  const { log, judgement } = await judged([null, null, "stop"]);
  await judgement.end(null);
  expect(log.trial(0)).toMatchObject({ state: "pruned", values: { loss: 8 } });
  expect(log.trial(0).decisions).toMatchObject([{ reason: record.reason }]);
});

it("ends it at the wish of whoever runs it where nothing was decided", async () => {
  const { log, judgement } = await judged([null]);
  await judgement.end(1);
  expect(log.trial(0)).toMatchObject({
    state: "pruned",
    segments: [{ attempts: [{ message: "It was ended early by whoever ran it." }] }],
  });
  expect(log.trial(0).decisions ?? []).toEqual([]);
});

it("writes down the rungs that it passes, and goes on", async () => {
  const { log, judgement } = await judged(["pass", null, "pass"]);
  expect(await judgement.earlyEnd()).toBeNull();
  expect(log.trial(0).state).toBe("running");
  expect(log.trial(0).decisions?.map(({ report }) => report)).toEqual([0, 2]);
});

it("asks about none that another process judged before, and goes on behind the newest of these", async () => {
  const first = await judged([null, "pass", null, "pass", null]);
  await first.judgement.earlyEnd();
  const looked: number[] = [];
  const onReport = (_: number, report: number): null => {
    looked.push(report);
    return null;
  };
  const scheduling = { watches: true, onReport } as unknown as Scheduling;
  const { token } = first.log.trial(0).segments[0]!.attempts[0]!.owner;
  const second = new AskedJudgement(first.log, scheduling, 0, token);
  expect(await second.earlyEnd()).toBeNull();
  expect(looked).toEqual([4]);
});

it("asks nothing of a scheduler that does not watch, and puts a person's wish before what it decides", async () => {
  const { log, looked, judgement } = await judged([null, "stop"]);
  const { token } = log.trial(0).segments[0]!.attempts[0]!.owner;
  const blind = { watches: false, onReport: () => expect.fail() } as unknown as Scheduling;
  expect(await new AskedJudgement(log, blind, 0, token).earlyEnd()).toBeNull();
  await log.execute(stopTrialCommand(0, "enough"));
  expect(await judgement.earlyEnd()).toMatchObject({ action: "stop", reason: expect.stringContaining("enough") });
  expect(looked).toEqual([]);
  await judgement.end(null);
  expect(log.trial(0)).toMatchObject({ state: "pruned", message: expect.stringContaining("enough") });
  expect(log.trial(0).decisions ?? []).toEqual([]);
});
