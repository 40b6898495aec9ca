import { StorageConflict } from "../errors.ts";
import { endLeftovers } from "../executor/command/end-leftovers.ts";
import type { Evidence } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";
import { evidenceOfDeath } from "./liveness.ts";
import type { StudyLog } from "./study-log.ts";

/** What was taken back from owners that are gone. */
export interface Reclaimed {
  /** Numbers of the trials. */
  readonly trials: readonly number[];
  /** Processes of their programs that still ran on this machine and were ended. */
  readonly ended: number;
}

interface Lost {
  readonly trial: number;
  readonly owner: Owner;
  readonly evidence: Evidence;
}

/**
 * Takes back the trials whose owner is gone; they wait for another attempt (a third loss fails them). What a dead process left running
 * is ended first, programs that stood still for paused trials too, so that no trial runs twice at a time; an owner whose lease ran out elsewhere may be alive, and keeps what it runs.
 */
export async function reclaimLostTrials(log: StudyLog): Promise<Reclaimed> {
  const lost = await lostTrials(log);
  const forgotten = await forgottenTrials(log);
  const ended = await endLeftovers([...lost, ...forgotten].flatMap(processOf));
  for (const { trial, owner } of forgotten)
    await unlessFirst(log.execute({ type: "give-up", trial, token: owner.token }));
  const trials: number[] = [];
  for (const { trial, owner, evidence } of lost) {
    const why = evidence === "expired" ? "its lease ran out" : "its process is gone";
    const end = {
      outcome: "lost",
      message: `The worker of this attempt was lost (${why}).`,
      exitCode: null,
      signal: null,
      checkpoint: null,
    } as const;
    const returned = log.execute({ type: "return", trial, token: owner.token, evidence, end });
    if (await unlessFirst(returned)) trials.push(trial);
  }
  return { trials, ended };
}

/** False where another process took it back first, or its owner finished it after all. */
async function unlessFirst(taken: Promise<unknown>): Promise<boolean> {
  try {
    await taken;
    return true;
  } catch (error) {
    if (!(error instanceof StorageConflict)) throw error;
    return false;
  }
}

/** Paused trials whose programs stood still in a process that is gone. */
async function forgottenTrials(log: StudyLog): Promise<readonly Lost[]> {
  const lost: Lost[] = [];
  for (const trial of log.state.paused()) {
    const owner = log.state.frozenBy(trial);
    if (owner === null) continue;
    const evidence = await evidenceOfDeath(log.storage, log.id, owner, "work");
    if (evidence === "dead-process") lost.push({ trial, owner, evidence });
  }
  return lost;
}

async function lostTrials(log: StudyLog): Promise<readonly Lost[]> {
  const lost: Lost[] = [];
  for (const trial of log.state.running()) {
    const owner = log.trial(trial).segments.at(-1)?.attempts.at(-1)?.owner;
    if (owner === undefined) continue;
    const evidence = await evidenceOfDeath(log.storage, log.id, owner, "work");
    if (evidence !== null) lost.push({ trial, owner, evidence });
  }
  return lost;
}

function processOf({ owner }: Lost) {
  return owner.kind === "leased" && owner.process !== null ? [owner.process] : [];
}
