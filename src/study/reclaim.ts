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
 * is ended first, so that no trial runs twice at a time; an owner whose lease ran out elsewhere may be alive, and keeps what it runs.
 */
export async function reclaimLostTrials(log: StudyLog): Promise<Reclaimed> {
  const lost = await lostTrials(log);
  const ended = await endLeftovers(lost.flatMap(processOf));
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
    try {
      await log.execute({ type: "return", trial, token: owner.token, evidence, end });
      trials.push(trial);
    } catch (error) {
      // Another process took it back first, or its owner finished it after all.
      if (!(error instanceof StorageConflict)) throw error;
    }
  }
  return { trials, ended };
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
