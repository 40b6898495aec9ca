import type { Trial } from "../trial/trial.ts";

/** Whether a trial is out by hand: handed out by `attune ask` or `study.ask`, and not told about yet. */
export function isAsked(trial: Trial): boolean {
  const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
  return trial.state === "running" && trial.invalid.length === 0 && owner?.kind === "detached";
}
