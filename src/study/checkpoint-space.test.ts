import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { CheckpointDisk } from "../executor/executor.ts";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { openStorage } from "../storage/registry.ts";
import type { Storage } from "../storage/storage.ts";
import { resumableAttempt } from "../trial/resumable-attempt.ts";
import { CheckpointSpace } from "./checkpoint-space.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";

const END = { message: null, exitCode: 0, signal: null } as const;
/** Bytes of each checkpoint. */
const EACH = 100;

/** A disk of checkpoints, named by their trials and attempts. */
class FakeDisk implements CheckpointDisk {
  readonly there = new Map<string, number>();
  readonly room: number;
  /** In the order of the calls. */
  readonly removing: string[] = [];
  looks = 0;

  constructor(room: number) {
    this.room = room;
  }

  bytes(checkpoint: string): number {
    this.looks++;
    return this.there.get(checkpoint) ?? 0;
  }

  async free(): Promise<number> {
    return this.room;
  }

  async remove(checkpoint: string): Promise<void> {
    this.removing.push(checkpoint);
    await new Promise(setImmediate);
    this.there.delete(checkpoint);
  }
}

type Ending = "paused" | "complete" | "pruned";

async function study(limit: number | null, room = 0, storage: Storage = new MemoryStorage()) {
  const made = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, made.id);
  const disk = new FakeDisk(room);
  const said: string[] = [];
  const space = new CheckpointSpace({ log, disk, limit, notice: (text) => said.push(text) });
  /** Runs a trial, a new one or a paused one, to an end with this loss and a checkpoint. */
  const ran = async (trial: number, loss: number, ending: Ending, path: string | null): Promise<void> => {
    const owner = leasedOwner("0");
    if (log.state.trial(trial) === undefined) {
      await made.enqueue({ x: trial / 100 });
      await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    } else await log.execute({ type: "resume", trial, owner, until: null, limit: null });
    const { token } = owner;
    if (path !== null) disk.there.set(path, EACH);
    const end = { ...END, checkpoint: path };
    const values = { loss };
    const seq = log.state.reportCount(trial);
    await log.execute({ type: "report", trial, token, reports: [{ seq, step: seq + 1, values }] });
    if (ending === "paused")
      await log.execute({ type: "pause", trial, token, end: { ...end, outcome: "paused" }, values });
    else {
      const outcome = ending === "complete" ? "ok" : "stopped";
      await log.execute({ type: "finish", trial, token, state: ending, values, end: { ...end, outcome } });
    }
  };
  const left = (): readonly string[] => [...disk.there.keys()].sort();
  /** Begins a trial from what trial 0 kept at the end of a segment; answers its token. */
  const branched = async (segment: number): Promise<string> => {
    const owner = leasedOwner("1");
    const { revision: view } = log;
    const decision = { view, settingsVersion: 1, engine: "1", reason: "" };
    const of = { trial: 0, segment };
    await log.execute({
      ...({ type: "branch", owner, of, replaces: null, params: { x: 0.9 } } as const),
      ...{ until: null, limit: null, decision },
    });
    return owner.token;
  };
  return { log, disk, space, said, ran, left, branched };
}

it("removes what nobody goes on from first, then the least promising of the paused trials, and says so", async () => {
  const { log, space, said, ran, left } = await study(2 * EACH);
  await ran(0, 1, "paused", "0-first");
  await ran(1, 5, "paused", "1");
  await ran(2, 3, "pruned", "2");
  await ran(0, 1, "paused", "0-second");
  await space.fit();
  // Four stood there: the pruned trial's and the older one of trial 0 are of no use.
  expect(left()).toEqual(["0-second", "1"]);
  expect(said).toEqual([]);
  await ran(3, 2, "paused", "3");
  await space.fit();
  expect(left()).toEqual(["0-second", "3"]);
  expect(said).toEqual([
    expect.stringMatching(/^the checkpoint of trial 1 is given up: checkpoints took 300 B of the 200 B/),
  ]);
  expect(resumableAttempt(log.trial(1))).toBeNull();
});

it("keeps, and does not count, what a complete trial saved last; what it saved before goes when there is no room", async () => {
  const { space, said, ran, left } = await study(EACH);
  await ran(0, 1, "paused", "0-first");
  await ran(0, 1, "complete", "0-last");
  await ran(1, 2, "paused", "1");
  await space.fit();
  expect(left()).toEqual(["0-last", "1"]);
  expect(said).toEqual([]);
});

it("gives up no more than it must, exactly to the allowance", async () => {
  const { space, said, ran, left } = await study(3 * EACH);
  for (const [trial, loss] of [4, 1, 3].entries()) await ran(trial, loss, "paused", `${trial}`);
  await space.fit();
  expect(left()).toEqual(["0", "1", "2"]);
  await ran(3, 2, "paused", "3");
  await ran(4, 5, "paused", "4");
  await space.fit();
  expect(left()).toEqual(["1", "2", "3"]);
  expect(said).toHaveLength(2);
});

it("may use half of what is free and they take, unless it is said otherwise", async () => {
  // 300 free and 3 x 100 taken: 300 may be taken.
  const fits = await study(null, 300);
  for (const trial of [0, 1, 2]) await fits.ran(trial, trial, "paused", `${trial}`);
  await fits.space.fit();
  expect(fits.left()).toHaveLength(3);
  const tight = await study(null, 298);
  for (const trial of [0, 1, 2]) await tight.ran(trial, trial, "paused", `${trial}`);
  await tight.space.fit();
  expect(tight.left()).toEqual(["0", "1"]);
});

it("looks at what is new only, and never again at what it has removed", async () => {
  const { space, disk, ran } = await study(EACH);
  await ran(0, 1, "paused", "0");
  await ran(1, 2, "pruned", "1");
  await space.fit();
  const looks = disk.looks;
  await space.fit();
  expect(disk.looks).toBe(looks);
  // Somebody else's file of that name is none of the study's business any more.
  disk.there.set("1", 9 * EACH);
  await ran(2, 3, "pruned", "2");
  await space.fit();
  expect([...disk.there.keys()].sort()).toEqual(["0", "1"]);
});

it("leaves alone what is being run on, and waits for its turn", async () => {
  const { log, space, said, ran, left } = await study(0);
  await ran(0, 1, "paused", "0");
  await ran(1, 2, "paused", "1");
  await log.execute({ type: "resume", trial: 0, owner: leasedOwner("1"), until: null, limit: null });
  await Promise.all([space.fit(), space.fit()]);
  expect(left()).toEqual(["0"]);
  expect(said).toHaveLength(1);
});

it("is made to fit once at a time, however many ask for it at once", async () => {
  const { space, disk, ran, left } = await study(0);
  for (const trial of [0, 1, 2]) await ran(trial, trial, "pruned", `${trial}`);
  await Promise.all([space.fit(), space.fit(), space.fit()]);
  expect(disk.removing).toEqual(["0", "1", "2"]);
  expect(left()).toEqual([]);
});

it("keeps what nobody goes on from while there is room, exactly to the allowance", async () => {
  const { space, said, ran, left } = await study(2 * EACH);
  await ran(0, 1, "paused", "0");
  await ran(1, 2, "pruned", "1");
  await space.fit();
  expect(left()).toEqual(["0", "1"]);
  await ran(2, 3, "pruned", "2");
  await space.fit();
  expect(left()).toEqual(["0", "2"]);
  expect(said).toEqual([]);
});

it("is content with no checkpoint at all, and minds a single one", async () => {
  const { space, disk, ran, left } = await study(null, 50);
  await space.fit();
  await ran(0, 1, "pruned", "0");
  await space.fit();
  expect(left()).toEqual([]);
  // Such as are gone, or take next to nothing.
  const few = await study(0);
  for (const trial of [0, 1, 2]) await few.ran(trial, 1, "pruned", `${trial}`);
  few.disk.there.delete("0");
  few.disk.there.set("2", 1);
  await few.space.fit();
  expect(few.disk.removing).toEqual(["1", "2"]);
  expect(disk.removing).toEqual(["0"]);
});

it("counts each checkpoint once, though its trial goes on", async () => {
  const { space, disk, ran } = await study(EACH);
  for (const name of ["a", "b", "c"]) {
    await ran(0, 1, "paused", name);
    await space.fit();
    await space.fit();
  }
  expect(disk.removing).toEqual(["a", "b"]);
  expect(disk.looks).toBe(3);
});

it("reads all trials once, and what is no trial's never", async () => {
  const { log, space, ran } = await study(EACH);
  let scans = 0;
  const scan = log.state.scan.bind(log.state);
  log.state.scan = () => {
    scans += 1;
    return scan();
  };
  await ran(0, 1, "paused", "0");
  await space.fit();
  await log.execute({ type: "set-attribute", trial: null, system: false, key: "k", text: "1" });
  const proposer = leasedOwner("p");
  await log.execute({ type: "reserve", proposer, count: 1, limit: null, evidence: null });
  await space.fit();
  expect(scans).toBe(1);
});

it("does not count what a trial saved that is complete by now", async () => {
  const { space, said, ran, left } = await study(EACH);
  await ran(0, 1, "paused", "0");
  await space.fit();
  await ran(0, 1, "complete", null);
  await ran(1, 2, "paused", "1");
  await space.fit();
  expect(left()).toEqual(["0", "1"]);
  expect(said).toEqual([]);
});

it("gives up a checkpoint though a trial stands worse that has none", async () => {
  const { space, said, ran, left } = await study(0);
  await ran(0, 9, "paused", null);
  await ran(1, 1, "paused", "1");
  await space.fit();
  expect(left()).toEqual([]);
  expect(said).toHaveLength(1);
});

it("keeps what a trial goes on from that was made of another, until it has a checkpoint of its own", async () => {
  const { log, space, ran, left, branched } = await study(0);
  await ran(0, 1, "paused", "0-a");
  await ran(0, 1, "paused", "0-b");
  const token = await branched(0);
  await space.fit();
  expect(left()).toEqual(["0-a"]);
  const lost = { ...END, outcome: "preempted", checkpoint: null } as const;
  await log.execute({ type: "return", trial: 1, token, evidence: "self", end: lost });
  await space.fit();
  expect(left()).toEqual(["0-a"]);
  const owner = leasedOwner("2");
  await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
  const saved = { ...END, outcome: "ok", checkpoint: "1" } as const;
  const values = { loss: 1 };
  await log.execute({ type: "finish", trial: 1, token: owner.token, state: "complete", values, end: saved });
  await space.fit();
  expect(left()).toEqual([]);
});

it("keeps the newest checkpoint of a paused trial that another one goes on from", async () => {
  const { space, said, ran, left, branched } = await study(0);
  await ran(0, 1, "paused", "0-a");
  await ran(0, 1, "paused", "0-b");
  await branched(1);
  await space.fit();
  expect(left()).toEqual(["0-b"]);
  expect(said).toEqual([]);
});

it("leaves what another process runs on meanwhile, gives up the next one, and tells of a storage that fails", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "attune-space-"));
  const storage = await openStorage(path.join(folder, "attune.db"));
  const { log, space, said, ran, left } = await study(0, 0, storage);
  for (const trial of [0, 1, 2]) await ran(trial, trial, "paused", `${trial}`);
  const other = await openStorage(path.join(folder, "attune.db"));
  const elsewhere = await StudyLog.open(other, log.id);
  await elsewhere.execute({ type: "resume", trial: 2, owner: leasedOwner("1"), until: null, limit: null });
  await space.fit();
  expect(left()).toEqual(["2"]);
  expect(said).toHaveLength(2);
  await ran(3, 1, "paused", "3");
  log.close();
  await expect(space.fit()).rejects.toThrow("was closed");
  await Promise.all([storage.close(), other.close()]);
  rmSync(folder, { recursive: true });
});
