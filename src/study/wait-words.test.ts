import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { currentProcess, standsStill } from "../executor/process-identity.ts";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import type { Owner } from "../trial/owner.ts";
import { createStudy } from "./create-study.ts";
import { detachedOwner, leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";
import { WaitWords } from "./wait-words.ts";

const here = currentProcess();
/** The process that started this one: it lives, and is not this one. */
const parent = { ...here, pid: process.ppid, started: startOf(process.ppid) };
const elsewhere = { ...here, boot: "other:boot" };

function startOf(pid: number): string {
  if (process.platform !== "linux") return "";
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
}

/** The log of a study whose trials run in these processes. */
async function running(...processes: readonly (typeof here)[]): Promise<StudyLog> {
  const storage = new MemoryStorage();
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage });
  const log = await StudyLog.open(storage, study.id);
  for (const [k, process] of processes.entries()) {
    await study.enqueue({ x: k / 10 });
    const owner: Owner = { ...leasedOwner("0"), kind: "leased", process, worker: "0" };
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
  }
  await log.refresh();
  return log;
}

describe.runIf(process.platform === "linux")("WaitWords", () => {
  it("names the other process after 4 s, once", async () => {
    const words = new WaitWords();
    const log = await running(parent, parent);
    expect([0, 3_999].map((now) => words.look(log, true, now))).toEqual([null, null]);
    expect(words.look(log, true, 4_000)).toBe(
      `nothing is left to begin here; trials 0 and 1 run in process ${process.ppid}.`,
    );
    expect(words.look(log, true, 9_000)).toBeNull();
  });

  it("names who keeps the program of a paused trial in memory, where nobody runs anything", async () => {
    const words = new WaitWords();
    const log = await running(parent);
    const { token } = log.trial(0).segments[0]!.attempts[0]!.owner;
    const end = { outcome: "paused", message: null, exitCode: null, signal: null, checkpoint: null } as const;
    await log.execute({ type: "pause", trial: 0, token, end: { ...end, frozen: { givenUp: null } } });
    words.look(log, true, 0);
    expect(words.look(log, true, 4_000)).toBe(
      `nothing is left to begin here; trial 0 is paused in memory in process ${process.ppid}.`,
    );
    const mine = new WaitWords();
    await log.execute({ type: "give-up", trial: 0, token });
    expect([mine.look(log, true, 0), mine.look(log, true, 5_000)]).toEqual([null, null]);
  });

  it("counts from when the run had nothing to do", async () => {
    const words = new WaitWords();
    const log = await running(parent);
    expect([words.look(log, true, 0), words.look(log, false, 3_000), words.look(log, true, 6_000)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(words.look(log, true, 10_000)).toMatch(/trial 0 runs in process/);
  });

  it("says nothing of its own process, and not which one it is elsewhere", async () => {
    const own = new WaitWords();
    const mine = await running(here);
    expect([own.look(mine, true, 0), own.look(mine, true, 5_000)]).toEqual([null, null]);
    const words = new WaitWords();
    const log = await running(elsewhere);
    words.look(log, true, 0);
    expect(words.look(log, true, 5_000)).toMatch(/trial 0 runs on another machine, or in another container\.$/);
  });

  it("names each that has something under way, and one that came to stand still once more", async () => {
    const child = spawn("sleep", ["1000"]);
    await once(child, "spawn");
    const other = { ...here, pid: child.pid!, started: startOf(child.pid!) };
    const words = new WaitWords();
    const log = await running(parent, other, parent, here);
    words.look(log, true, 0);
    expect(words.look(log, true, 4_000)).toBe(
      `nothing is left to begin here; trials 0 and 2 run in process ${process.ppid}; trial 1 runs in process ${child.pid}.`,
    );
    child.kill("SIGSTOP");
    while (!standsStill(other)) await new Promise((resolve) => setImmediate(resolve));
    expect(words.look(log, true, 4_100)).toBe(
      `nothing is left to begin here; trial 1 runs in process ${child.pid}, which stands still: kill -CONT ${child.pid} wakes it.`,
    );
    child.kill("SIGCONT");
    while (standsStill(other)) await new Promise((resolve) => setImmediate(resolve));
    expect(words.look(log, true, 4_200)).toBeNull();
    child.kill("SIGKILL");
  });

  it("names who suggests the next trial", async () => {
    const words = new WaitWords();
    const log = await running();
    const proposer: Owner = { ...leasedOwner("proposer"), kind: "leased", process: parent, worker: "0" };
    await log.execute({ type: "reserve", proposer, count: 1, limit: null, evidence: null });
    await log.refresh();
    words.look(log, true, 0);
    expect(words.look(log, true, 4_000)).toBe(
      `nothing is left to begin here; the next trial is suggested in process ${process.ppid}.`,
    );
  });

  it("goes by the newest attempt of the newest part, and by processes alone", async () => {
    const words = new WaitWords();
    const log = await running(parent);
    const end = { outcome: "preempted", message: null, exitCode: null, signal: null, checkpoint: null } as const;
    const ownerOf = (trial: number): Owner => log.trial(trial).segments.at(-1)!.attempts.at(-1)!.owner;
    await log.execute({ type: "return", trial: 0, token: ownerOf(0).token, evidence: "self", end });
    await log.execute({ type: "claim", owner: leasedOwner("0"), limit: null, until: null, candidate: null });
    await log.refresh();
    expect(log.trial(0).segments.at(-1)!.attempts).toHaveLength(2);
    expect([words.look(log, true, 0), words.look(log, true, 5_000)]).toEqual([null, null]);
    await log.execute({ type: "return", trial: 0, token: ownerOf(0).token, evidence: "self", end });
    await log.execute({ type: "claim", owner: detachedOwner(), limit: null, until: null, candidate: null });
    await log.refresh();
    expect([words.look(log, true, 6_000), words.look(log, true, 12_000)]).toEqual([null, null]);
  });

  it("says nothing of who ran a trial before it was paused", async () => {
    const words = new WaitWords();
    const log = await running(parent);
    const { token } = log.trial(0).segments[0]!.attempts[0]!.owner;
    const end = { outcome: "paused", message: null, exitCode: null, signal: null, checkpoint: null } as const;
    await log.execute({ type: "pause", trial: 0, token, end });
    await log.execute({ type: "resume", trial: 0, owner: leasedOwner("0"), until: null, limit: null });
    await log.refresh();
    expect(log.trial(0).segments).toHaveLength(2);
    expect([words.look(log, true, 0), words.look(log, true, 5_000)]).toEqual([null, null]);
  });
});
