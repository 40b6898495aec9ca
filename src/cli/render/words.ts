import type { ConfirmedRole } from "../../analysis/index.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { isVisible } from "../../objective/index.ts";
import type { HeldOutRole } from "../../trial/held-out-run.ts";
import type { Outcome, Trial } from "../../trial/trial.ts";

/** What something cost in full runs: `12.3 full runs`. */
export function fullRunsText(runs: number): string {
  return `${formatNumber(runs, 3)} full ${runs === 1 ? "run" : "runs"}`;
}

const WORDS: Readonly<Record<Outcome, string>> = {
  ok: "went well",
  stopped: "stopped early",
  paused: "paused",
  "exit-code": "ended with an error code",
  signal: "ended by a signal",
  "no-metric": "printed no metric",
  nan: "NaN as metric",
  error: "raised an error",
  timeout: "took too long",
  "out-of-memory": "out of memory",
  "not-started": "could not be started",
  "reported-failed": "told as failed",
  lost: "lost with their process, three times",
  preempted: "stopped before the end",
  idle: "without a sign of life",
  "bad-output": "printed no readable text",
};

/** An outcome in words that follow a count: `2 × printed no metric`. */
export function outcomeWords(outcome: Outcome): string {
  return WORDS[outcome];
}

/** A configuration's role within a sentence. */
export function roleWords(role: ConfirmedRole | HeldOutRole): string {
  if (role === "default") return "the defaults";
  return role === "chosen" ? "the chosen point" : `the ${role}`;
}

/** A trial's state as it is shown: `invalid` over any other. */
export function stateWord(trial: Trial): string {
  return isVisible(trial) ? trial.state : "invalid";
}
