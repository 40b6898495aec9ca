import { AttuneError } from "../errors.ts";
import { manyObjectives } from "../executor/many-objectives.ts";
import { shownValue } from "../space/shown-value.ts";
import { encodeNumber } from "../trial/encoded-number.ts";
import type { AttemptEnd } from "../trial/event.ts";
import type { Measured } from "../trial/measured.ts";
import type { Metric } from "../trial/metric.ts";
import type { FinishedState, Outcome, Values } from "../trial/trial.ts";

/** What can be told about a trial: the objective's value, values by metric, that it failed, or that it ended early as it was to. */
export type Told<M extends string = string, N extends number = number> = Measured<M, N> | Failure | Stopped;

interface Stopped {
  readonly stopped: true;
}

interface Failure {
  readonly failed: true;
  readonly message?: string;
}

/** Whether a trial is told to have ended early: what it reported is all there is of it. */
export function isStopped(told: Told): told is Stopped {
  return typeof told === "object" && told !== null && "stopped" in told && told.stopped === true;
}

/** How a trial that was told about ends, after `seconds` where they are known. An objective that is NaN is a failure with outcome `nan`. */
export function endOfTold(
  told: Exclude<Told, Stopped>,
  metrics: readonly Metric[],
  seconds?: number,
): { readonly state: FinishedState; readonly values: Values; readonly end: AttemptEnd } {
  if (!isTold(told)) {
    const allowed = "give a number, numbers by metric, or { failed: true }";
    throw new AttuneError("invalid-argument", `What was told is ${shownValue(told)}; ${allowed}.`);
  }
  const many = typeof told === "number" ? manyObjectives(metrics.map(({ name }) => name)) : null;
  if (many !== null)
    throw new AttuneError("invalid-argument", `What was told is ${told}, and ${many.has}; give ${many.takes}.`);
  if (isFailure(told)) {
    const message = told.message ?? "Reported as failed.";
    return { state: "failed", values: {}, end: plainEnd("reported-failed", message, seconds) };
  }
  const values = valuesOf(told, metrics);
  if (metrics.some(({ name }) => values[name] === "NaN")) {
    const bad = metrics.filter(({ name }) => values[name] === "NaN").map(({ name }) => name);
    const message = `The value told for ${bad.join(", ")} is NaN.`;
    return { state: "failed", values, end: plainEnd("nan", message, seconds) };
  }
  return { state: "complete", values, end: plainEnd("ok", null, seconds) };
}

/** Written out rather than spread: each trial that is told about makes one. */
function plainEnd(outcome: Outcome, message: string | null, seconds: number | undefined): AttemptEnd {
  if (seconds === undefined) return { outcome, message, exitCode: null, signal: null, checkpoint: null };
  return { outcome, message, exitCode: null, signal: null, checkpoint: null, seconds };
}

function isTold(told: unknown): boolean {
  if (typeof told === "number") return true;
  return typeof told === "object" && told !== null && !(told instanceof Promise);
}

function isFailure(told: Exclude<Told, Stopped>): told is Failure {
  return typeof told === "object" && told.failed === true;
}

function valuesOf(told: Measured, metrics: readonly Metric[]): Values {
  if (typeof told === "number") return { [metrics[0]!.name]: encodeNumber(told) };
  for (const [name, value] of Object.entries<unknown>(told)) {
    if (typeof value === "number") continue;
    throw new AttuneError("invalid-argument", `The value told for ${name} is ${shownValue(value)}; give a number.`);
  }
  const missing = metrics.filter((metric) => !(metric.name in told)).map((metric) => metric.name);
  if (missing.length > 0) {
    const given = Object.keys(told).join(", ") || "nothing";
    throw new AttuneError("invalid-argument", `No value for ${missing.join(", ")} was told (told: ${given}).`);
  }
  return Object.fromEntries(Object.entries<number>(told).map(([name, value]) => [name, encodeNumber(value)]));
}
