import { join } from "node:path";
import type { HeldOutRun } from "../../trial/held-out-run.ts";
import type { Trial } from "../../trial/trial.ts";
import { type FileKinds, type Removable, removableFiles, sizeOf } from "./removable.ts";

const FINISHED: ReadonlySet<string> = new Set(["complete", "pruned", "failed"]);

/**
 * What nobody needs in the folder of a trial whose logs and checkpoints stay: requests to stop, reports and torn checkpoints of a tuner that
 * was killed, and files of attempts that it never had, of a storage of the same name that was removed. Nothing for a trial that may run.
 */
export function uselessFiles(trialFolder: string, { state, segments }: Trial, kinds: FileKinds): readonly Removable[] {
  if (!FINISHED.has(state)) return [];
  const attempts = segments.flatMap((segment) => segment.attempts);
  const all = kinds.logs && kinds.checkpoints;
  return removableFiles(trialFolder, kinds).filter(({ path }) => {
    const [, number, kind] = /attempt-(\d+)\.([a-z]+)[^/\\]*$/.exec(path) ?? [];
    if (number === undefined) return false;
    const attempt = attempts[Number(number)];
    if (attempt === undefined) return true;
    return kind === "checkpoint" ? attempt.checkpoint === null : all && (kind === "stop" || kind === "reports");
  });
}

/** Folders of trials that the study never had. `names` is what the study's folder held before its trials were read. */
export function unknownTrials(
  studyFolder: string,
  names: readonly string[],
  trials: readonly Trial[],
): readonly Removable[] {
  const known = new Set(trials.map(({ number }) => `trial-${number}`));
  return names
    .filter((name) => /^trial-\d+$/.test(name) && !known.has(name))
    .map((name) => join(studyFolder, name))
    .map((path) => ({ path, bytes: sizeOf(path) }));
}

/** Files of runs on held-out data, but for the newest one of each role. One that may still go on is not known to the study yet. */
export function oldHeldOutFiles(
  folderOf: (run: number) => string,
  runs: readonly HeldOutRun[],
  kinds: FileKinds,
): readonly Removable[] {
  const newest = new Map(runs.map(({ role, number }) => [role, number]));
  return runs
    .filter(({ role, number }) => newest.get(role) !== number)
    .flatMap(({ number }) => removableFiles(folderOf(number), kinds));
}
