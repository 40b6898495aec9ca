import type { StudyCommand } from "../../trial/command.ts";
import type { Owner } from "../../trial/owner.ts";
import { Driver, ended, HELD_OUT, leased, SETTINGS } from "../contract/driver.testing.ts";
import { openStorage } from "../registry.ts";

// Run as a process of its own: does every kind of command once on the named storage, and prints the study's revision after
// each one that was answered.
const storage = await openStorage(process.argv[2] ?? "");
const driver = await Driver.create(storage, "every");

function say(): void {
  console.log(`revision ${driver.state.revision}`);
}

async function run(command: StudyCommand): Promise<void> {
  await driver.run(command);
  say();
}

const foreign: Owner = { kind: "foreign", token: "f", source: "test" };
const enqueue = { type: "enqueue", params: { x: 1 }, origin: "user", replicate: null } as const;
const finished = { params: { x: 2 }, state: "complete", values: {}, reports: [], attributes: {} } as const;
const reserve = { type: "reserve", proposer: leased("p"), count: 2, limit: null, evidence: null } as const;

async function trials(): Promise<void> {
  await run({ type: "claim", owner: leased("a"), limit: null, until: 2, candidate: driver.candidate() });
  const definition = { name: "d", domain: { type: "boolean" }, value: true };
  await run({ type: "define", trial: 0, token: "a", definitions: [definition] });
  await run({ type: "report", trial: 0, token: "a", reports: [{ seq: 0, step: 1, values: { loss: Number.NaN } }] });
  const made = { view: driver.state.revision, settingsVersion: 1, engine: "1", reason: "the end of a rung" };
  await run({ type: "pass", trial: 0, token: "a", decision: { ...made, report: 0 } });
  await run({ type: "pause", trial: 0, token: "a", end: ended("paused"), decision: made });
  await run({ type: "resume", trial: 0, owner: leased("b"), until: null, limit: null });
  await run({ type: "pause", trial: 0, token: "b", end: { ...ended("paused"), frozen: { givenUp: null } } });
  await run({ type: "resume", trial: 0, owner: leased("b2"), until: null, limit: null, woken: "b" });
  await run({ type: "pause", trial: 0, token: "b2", end: { ...ended("paused"), frozen: { givenUp: null } } });
  await run({ type: "give-up", trial: 0, token: "b2" });
  await run({ type: "resume", trial: 0, owner: leased("b"), until: null, limit: null });
  await run({ type: "return", trial: 0, token: "b", evidence: "self", end: ended("preempted") });
  await run({ type: "start", trial: 0, owner: leased("c"), until: null });
  await run({ type: "finish", trial: 0, token: "c", state: "complete", values: { loss: 1 }, end: ended("ok") });
}

async function branched(): Promise<void> {
  await run({ type: "claim", owner: leased("m"), limit: null, until: 2, candidate: driver.candidate() });
  const [trial = 0] = driver.state.holding("m")?.trials ?? [];
  await run({ type: "report", trial, token: "m", reports: [{ seq: 0, step: 2, values: { loss: 3 } }] });
  await run({ type: "pause", trial, token: "m", end: { ...ended("paused"), checkpoint: "kept" } });
  const { revision: view, settingsVersion } = driver.state;
  const decision = { view, settingsVersion, engine: "1", reason: "the worst of two" };
  const of = { trial, segment: 0 };
  const branch = { of, replaces: trial, params: { x: 0.5 }, until: 4, limit: null, decision };
  await run({ type: "branch", owner: leased("n"), ...branch });
  const [begun = 0] = driver.state.holding("n")?.trials ?? [];
  await run({ type: "finish", trial: begun, token: "n", state: "complete", values: { loss: 1 }, end: ended("ok") });
}

async function handedOver(): Promise<void> {
  const detached = (token: string): Owner => ({ kind: "detached", token });
  await run({ type: "claim", owner: detached("x"), limit: null, until: null, candidate: driver.candidate() });
  const [trial = 0] = driver.state.holding("x")?.trials ?? [];
  await run({ type: "hand-over", trial, token: "x", owner: detached("y") });
}

async function proposals(): Promise<void> {
  await run(reserve);
  await run({ type: "release", token: "p" });
  await run(reserve);
  const { first, view, index } = driver.state.reservation ?? { first: 0, view: 0, index: 0 };
  const proposed = [0, 1].map((k) => {
    const { suggestion } = driver.candidate();
    return { number: first + k, params: { x: k }, suggestion: suggestion && { ...suggestion, view, index: index + k } };
  });
  await run({ type: "commit", token: "p", trials: proposed, owner: leased("d"), until: null });
}

async function others(): Promise<void> {
  await run(enqueue);
  await run({ type: "transition", trial: 3, from: "waiting", to: "complete", owner: foreign, values: { loss: 3 } });
  const times = { startedAt: 1, finishedAt: 2 };
  await run({ type: "import", trials: [0, 1, 2].map(() => ({ ...finished, ...times })) });
  await storage.renew(driver.id, ["d", "p"], 60_000);
  await storage.addTuningTime(driver.id, 0);
  await run({ type: "invalidate", trial: 0, reason: null });
  await run({ type: "restore", trial: 0 });
  await run({ type: "set-attribute", trial: null, system: false, key: "k", text: "1" });
  await run({ type: "record-held-out", run: HELD_OUT });
  await run({ type: "configure", settings: SETTINGS, expectedVersion: 1 });
  await run({ type: "respace", space: {}, note: null, expectedVersion: 1 });
  // Enough for a snapshot at the close.
  await run({ type: "import", trials: Array.from({ length: 5_000 }, () => ({ ...finished, ...times })) });
}

say();
await trials();
await proposals();
await others();
await handedOver();
await branched();
await storage.close();
const again = await openStorage(process.argv[2] ?? "");
await again.execute(driver.id, { type: "delete" }, driver.state.revision);
await again.close();
console.log(`revision ${driver.state.revision + 1}`);
