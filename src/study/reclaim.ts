import { StorageConflict } from "../errors.ts";
import { evidenceOfDeath } from "./liveness.ts";
import type { StudyLog } from "./study-log.ts";

/**
 * Takes back the trials whose owner is gone; they wait for another attempt (a third loss fails them).
 *
 * @returns the numbers taken back.
 */
export async function reclaimLostTrials(log: StudyLog): Promise<readonly number[]> {
  const reclaimed: number[] = [];
  for (const number of log.state.running()) {
    const owner = log.trial(number).segments.at(-1)?.attempts.at(-1)?.owner;
    if (owner === undefined) continue;
    const evidence = await evidenceOfDeath(log.storage, log.id, owner, "work");
    if (evidence === null) continue;
    const why = evidence === "expired" ? "its lease ran out" : "its process is gone";
    const end = {
      outcome: "lost",
      message: `The worker of this attempt was lost (${why}).`,
      exitCode: null,
      signal: null,
      checkpoint: null,
    } as const;
    try {
      await log.execute({ type: "return", trial: number, token: owner.token, evidence, end });
      reclaimed.push(number);
    } catch (error) {
      // Another process took it back first, or its owner finished it after all.
      if (!(error instanceof StorageConflict)) throw error;
    }
  }
  return reclaimed;
}
