import { expect, it } from "vitest";
import type { CheckpointDisk } from "../executor/executor.ts";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
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

async function study(limit: number | null, room = 0) {
  const storage = new MemoryStorage();
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
  const ran = async (trial: number, loss: number, ending: Ending, path: string): Promise<void> => {
    const owner = leasedOwner("0");
    if (log.state.trial(trial) === undefined) {
      await made.enqueue({ x: trial / 100 });
      await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    } else await log.execute({ type: "resume", trial, owner, until: null, limit: null });
    const { token } = owner;
    disk.there.set(path, EACH);
    const end = { ...END, checkpoint: path };
    const values = { loss };
    if (ending === "paused")
      await log.execute({ type: "pause", trial, token, end: { ...end, outcome: "paused" }, values });
    else {
      const outcome = ending === "complete" ? "ok" : "stopped";
      await log.execute({ type: "finish", trial, token, state: ending, values, end: { ...end, outcome } });
    }
  };
  const left = (): readonly string[] => [...disk.there.keys()].sort();
  return { log, disk, space, said, ran, left };
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
