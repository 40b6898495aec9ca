import type { ConfirmedRole } from "../../analysis/index.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { isVisible } from "../../objective/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Outcome, Trial } from "../../trial/trial.ts";
import { plainLine } from "./text.ts";

/** What something cost in full runs: `12.3 full runs`. */
export function fullRunsText(runs: number): string {
  return `${formatNumber(runs, 3)} full ${runs === 1 ? "run" : "runs"}`;
}

/** A parameter's value to read: numbers rounded, text as it is, lists and objects as JSON. */
export function formatValue(value: JsonValue): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string" && /^[^\s"]+$/.test(value)) return value;
  return JSON.stringify(value);
}

/** A configuration on one line: `lr=0.00123 layers=3 optimizer=adam`. */
export function paramsLine(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(" ");
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
export function roleWords(role: ConfirmedRole): string {
  return role === "default" ? "the defaults" : `the ${role}`;
}

/** A trial's state as it is shown: `invalid` over any other. */
export function stateWord(trial: Trial): string {
  return isVisible(trial) ? trial.state : "invalid";
}

/** Behind this the log's tail begins. */
const TAIL = /(?<!\s)\s*Its last lines?:$/;

/**
 * The cause of a failure on one line: the sentence that tells how it ended, and, where that says no more than a code, the
 * last line that was printed (`…exit code 1: ModuleNotFoundError: No module named 'torch'`).
 */
export function failureCause(message: string): string {
  const [first = "", ...tail] = message.split(/\r?\n/).map((line) => plainLine(line).trim());
  const sentence = first.replace(TAIL, "");
  const last = tail.findLast((line) => line !== "");
  if (last === undefined || !/exit code|was ended by/.test(sentence)) return sentence;
  return `${sentence.replace(/\.$/, "")}: ${last}`;
}
