import { shownValue } from "../../space/shown-value.ts";
import { encodeNumber } from "../../trial/encoded-number.ts";
import type { Outcome, Values } from "../../trial/trial.ts";
import type { Job, JobResult } from "../executor.ts";

const MESSAGE_LINES = 12;

/** The result for a value that a function returned; anything but numbers by metric is outcome `error`. */
export function resultOfValue(job: Job, returned: unknown): JobResult {
  const values = asValues(job, returned);
  if (values === null) {
    return result(
      "error",
      {},
      `The function returned ${shownValue(returned)}; it must return a number, or an object of numbers by metric.`,
    );
  }
  const encoded = encodeAll(values);
  const missing = job.metrics.find((name) => values[name] === undefined);
  if (missing !== undefined) {
    const given = Object.keys(values).join(", ");
    return result(
      "no-metric",
      encoded,
      `The function returned no ${missing}; it returned ${given === "" ? "nothing" : given}.`,
    );
  }
  const nan = job.metrics.find((name) => Number.isNaN(values[name]));
  if (nan !== undefined) return result("nan", encoded, `The function returned NaN for ${nan}.`);
  return result("ok", encoded, null);
}

/** The result for an error that a function threw. */
export function resultOfError(error: unknown): JobResult {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return result("error", {}, `The function threw: ${text.split("\n").slice(0, MESSAGE_LINES).join("\n")}`);
}

/** The attempt was ended by the tuner. */
export function preempted(values: Readonly<Record<string, number>>): JobResult {
  return result("preempted", encodeAll(values), "The tuner asked the function to end.");
}

/** What a report or a return value says, by metric; null when it is no number and no object of numbers. */
export function asValues(job: Job, value: unknown): Readonly<Record<string, number>> | null {
  if (typeof value === "number") return { [job.metrics[0]!]: value };
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  return entries.every(([, each]) => typeof each === "number") ? (value as Record<string, number>) : null;
}

function encodeAll(values: Readonly<Record<string, number>>): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeNumber(value)]));
}

function result(outcome: Outcome, values: Values, message: string | null): JobResult {
  const state = outcome === "ok" ? "complete" : outcome === "preempted" ? null : "failed";
  return { state, values, end: { outcome, message, exitCode: null, signal: null, checkpoint: null } };
}
