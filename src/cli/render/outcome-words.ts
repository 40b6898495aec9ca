import type { Outcome } from "../../trial/trial.ts";

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
