import { describe, expect, it } from "vitest";
import { currentProcess } from "../executor/process-identity.ts";
import { float } from "../space/index.ts";
import { MemoryStorage, MemoryStore } from "../storage/memory/memory-storage.ts";
import type { Owner } from "../trial/owner.ts";
import { createStudy } from "./create-study.ts";
import { evidenceOfDeath } from "./liveness.ts";
import { leasedOwner } from "./new-owner.ts";

const HOUR = 3_600_000;

/** A study in a storage whose clock the test moves. */
async function clocked() {
  const clock = { now: 1_000_000 };
  const storage = new MemoryStorage(new MemoryStore(), () => clock.now);
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  return { clock, storage, study };
}

/** This process, and others that are not. */
const alive = leasedOwner("0");
const dead: Owner = {
  ...leasedOwner("0"),
  kind: "leased",
  process: { ...currentProcess(), started: "1" },
  worker: "0",
};
const elsewhere: Owner = { ...dead, process: { ...currentProcess(), boot: "other:boot" } };

describe("evidence of an owner's death", () => {
  it.each([
    ["work of a live process, its lease run out", alive, "work", true, null],
    ["a suggestion of a live process, its lease run out", alive, "suggestion", true, "expired"],
    ["a suggestion of a live process", alive, "suggestion", false, null],
    ["work of a process that is gone", dead, "work", false, "dead-process"],
    ["work on another machine, its lease run out", elsewhere, "work", true, "expired"],
    ["work on another machine", elsewhere, "work", false, null],
  ] as const)("%s", async (_what, owner, what, isExpired, evidence) => {
    const { clock, storage, study } = await clocked();
    await storage.renew(study.id, [owner.token], 10);
    if (isExpired) clock.now += HOUR;
    expect(await evidenceOfDeath(storage, study.id, owner, what)).toBe(evidence);
  });
});

describe("taking back trials", () => {
  it("leaves those of a live process, however old its lease is", async () => {
    const { clock, study } = await clocked();
    const { number } = await study.ask();
    clock.now += HOUR;
    expect(await study.reclaim()).toEqual([]);
    expect(study.trial(number).state).toBe("running");
  });

  it("takes those of a process that is gone, and says why", async () => {
    const { storage, study } = await clocked();
    const claim = { type: "claim", owner: dead, until: null, limit: null, candidate: null } as const;
    await study.enqueue({ x: 0.5 });
    await storage.execute(study.id, claim, 0);
    await study.refresh();
    expect(study.trial(0).state).toBe("running");
    expect(await study.reclaim()).toEqual([0]);
    const [attempt] = study.trial(0).segments[0]!.attempts;
    expect(attempt).toMatchObject({ outcome: "lost", message: expect.stringContaining("its process is gone") });
    expect(study.trial(0).state).toBe("waiting");
  });
});
