import type { TrialDecision } from "../../trial/trial.ts";
import { shortNumbers } from "../words/short-numbers.ts";

const WORDS: Readonly<Record<TrialDecision["action"], string>> = {
  start: "began",
  resume: "run on",
  pass: "ran on",
  pause: "paused",
  stop: "stopped",
};

/** A scheduler's decision in words, with its reason: `stopped at step 9: …`, `promoted to step 27: …`. */
export function decisionWords({ action, reason: kept }: Pick<TrialDecision, "action" | "reason">): string {
  const word = WORDS[action];
  if (kept === "") return word;
  const reason = shortNumbers(kept);
  // A reason that begins with where it was, or with what became of the trial, is a sentence with the word alone.
  if (/^at [^:]*:/.test(reason)) return `${word} ${reason}`;
  return reason.startsWith("promoted ") ? reason : `${word}: ${reason}`;
}
