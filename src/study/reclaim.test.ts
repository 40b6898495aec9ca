import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { Owner } from "../trial/owner.ts";
import { createStudy } from "./create-study.ts";
import { detachedOwner, leasedOwner } from "./new-owner.ts";
import { reclaimLostTrials } from "./reclaim.ts";
import { StudyLog } from "./study-log.ts";

const END = { message: null, exitCode: null, signal: null, checkpoint: null } as const;

/** An owner whose process is no more. */
function goneOwner(): Owner {
  const owner = leasedOwner("0") as Owner & { readonly process: object };
  return { ...owner, process: { ...owner.process, pid: 2 ** 30 } } as Owner;
}

async function begun() {
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  const claim = async (owner: Owner): Promise<string> => {
    if (log.state.nextWaiting() === null) await study.enqueue({ x: 0.5 });
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    return owner.token;
  };
  const back = async (token: string) =>
    await log.execute({ type: "return", trial: 0, token, evidence: "self", end: { ...END, outcome: "preempted" } });
  const pause = async (token: string, more: object = {}) =>
    await log.execute({
      type: "pause",
      trial: 0,
      token,
      end: { ...END, outcome: "paused", ...more },
      values: { loss: 1 },
    });
  const resume = async (owner: Owner): Promise<string> => {
    await log.execute({ type: "resume", trial: 0, owner, until: null, limit: null });
    return owner.token;
  };
  return { storage, study, log, claim, back, pause, resume };
}

describe("taking back trials", () => {
  it("takes those whose process is gone, and says so, and leaves those that somebody has", async () => {
    const { study, log, claim } = await begun();
    expect(await reclaimLostTrials(log)).toEqual({ trials: [], ended: 0 });
    await claim(goneOwner());
    await study.enqueue({ x: 0.1 });
    await claim(leasedOwner("0"));
    await study.enqueue({ x: 0.2 });
    await claim(detachedOwner());
    expect(await reclaimLostTrials(log)).toEqual({ trials: [0], ended: 0 });
    expect(log.trial(0)).toMatchObject({
      state: "waiting",
      segments: [
        { attempts: [{ outcome: "lost", message: "The worker of this attempt was lost (its process is gone)." }] },
      ],
    });
    expect([1, 2].map((trial) => log.trial(trial).state)).toEqual(["running", "running"]);
    expect(await reclaimLostTrials(log)).toEqual({ trials: [], ended: 0 });
  });

  it("goes by who has it now, not by who had it before", async () => {
    const { log, claim, back, pause, resume } = await begun();
    await back(await claim(leasedOwner("0")));
    await claim(goneOwner());
    expect((await reclaimLostTrials(log)).trials).toEqual([0]);
    const token = await claim(leasedOwner("0"));
    expect((await reclaimLostTrials(log)).trials).toEqual([]);
    await pause(token);
    await resume(goneOwner());
    expect((await reclaimLostTrials(log)).trials).toEqual([0]);
  });

  it("takes one whose lease ran out", async () => {
    const { storage, log, claim } = await begun();
    const token = await claim(detachedOwner(1));
    await storage.renew(log.id, [token], 0);
    await expect.poll(async () => (await reclaimLostTrials(log)).trials, { timeout: 10_000 }).toEqual([0]);
    expect(log.trial(0).segments[0]!.attempts[0]!.message).toBe(
      "The worker of this attempt was lost (its lease ran out).",
    );
  });

  it("gives up a program that stood still in a process that is gone, and no other", async () => {
    const { log, claim, pause } = await begun();
    await pause(await claim(goneOwner()), { frozen: { givenUp: null } });
    expect(log.state.frozenBy(0)).not.toBe(null);
    expect(await reclaimLostTrials(log)).toEqual({ trials: [], ended: 0 });
    expect(log.state.frozenBy(0)).toBe(null);
    const living = await begun();
    await living.pause(await living.claim(leasedOwner("0")), { frozen: { givenUp: null } });
    await reclaimLostTrials(living.log);
    expect(living.log.state.frozenBy(0)).not.toBe(null);
    const plain = await begun();
    await plain.pause(await plain.claim(goneOwner()));
    expect(await reclaimLostTrials(plain.log)).toEqual({ trials: [], ended: 0 });
  });

  it("leaves to another process what that took back first, and tells of a storage that fails", async () => {
    const { storage, log, claim } = await begun();
    await claim(goneOwner());
    const other = await StudyLog.open(storage, log.id);
    const { execute } = storage;
    let isFirst = true;
    storage.execute = async (id, command, known) => {
      if (command.type === "return" && isFirst) {
        isFirst = false;
        await reclaimLostTrials(other);
      }
      return (await execute.call(storage, id, command, known)) as never;
    };
    expect((await reclaimLostTrials(log)).trials).toEqual([]);
    await claim(goneOwner());
    storage.execute = async () => await Promise.reject(new Error("no disk"));
    await expect(reclaimLostTrials(log)).rejects.toThrow("no disk");
  });
});
