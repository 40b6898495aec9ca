import type { ConfirmedRole } from "../../analysis/index.ts";
import { isVisible } from "../../objective/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { EncodedNumber } from "../../trial/encoded-number.ts";
import type { Outcome, Trial } from "../../trial/trial.ts";
import { plainLine } from "./text.ts";

/** A time in seconds as people say it: `40 ms`, `3.2 s`, `45 s`, `3 min 5 s`, `2 h 10 min`, `1 d 3 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / 3600);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/**
 * A number to read, not to compute with: its whole part in full, and as many digits behind the point as make `digits` significant
 * ones. Only beyond what numbers count one by one (2^53), and below 0.0001, there is an exponent.
 */
export function formatNumber(value: EncodedNumber, digits = 6): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return String(value);
  const whole = Math.round(value);
  if (Number.isSafeInteger(whole) && (whole === value || (whole !== 0 && String(Math.abs(whole)).length >= digits)))
    return String(whole);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size > Number.MAX_SAFE_INTEGER)) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}

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
