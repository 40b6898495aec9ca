import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { AskedJudgement } from "./asked-judgement.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
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
