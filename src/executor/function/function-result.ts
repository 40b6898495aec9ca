import { shownValue } from "../../space/shown-value.ts";
import { encodeValues } from "../../trial/encode-values.ts";
import type { Outcome, Values } from "../../trial/trial.ts";
import type { Job, JobResult } from "../executor.ts";
import { manyObjectives } from "../many-objectives.ts";

const MESSAGE_LINES = 12;

/** The result for a value that a function returned; anything but numbers by metric is outcome `error`. */
export function resultOfValue(job: Job, returned: unknown): JobResult {
  const values = asValues(job, returned);
  if (values === null) {
    const what = `The function returned ${typeof returned === "number" ? returned : shownValue(returned)}`;
    const many = typeof returned === "number" ? manyObjectives(job.metrics) : null;
    if (many !== null) return result("no-metric", {}, `${what}, and ${many.has}; it must return ${many.takes}.`);
    return result("error", {}, `${what}; it must return ${valuesWords(job)}.`);
  }
  const encoded = encodeValues(values);
  const missing = job.metrics.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    const given = Object.keys(values).join(", ");
    const message = `The function returned no ${missing.join(", ")}; it returned ${given === "" ? "nothing" : given}.`;
    return result("no-metric", encoded, message);
  }
  const nan = job.metrics.filter((name) => Number.isNaN(values[name]));
  if (nan.length > 0) return result("nan", encoded, `The function returned NaN for ${nan.join(", ")}.`);
  return result("ok", encoded, null);
}

/** The result for an error that a function threw. */
export function resultOfError(error: unknown): JobResult {
  const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return result("error", {}, `The function threw: ${text.split("\n").slice(0, MESSAGE_LINES).join("\n")}`);
}

/** The attempt was ended by the tuner. */
export function preempted(values: Readonly<Record<string, number>>): JobResult {
  return result("preempted", encodeValues(values), "The tuner asked the function to end.");
}

/** What a report or a return value must be, in words. */
export function valuesWords({ metrics }: Job): string {
  return manyObjectives(metrics)?.takes ?? "a number, or an object of numbers by metric";
}

/** What a report that says nothing was, and what to give, in words. */
export function badReport(job: Job, value: unknown): string {
  const has = typeof value === "number" ? `, and ${manyObjectives(job.metrics)?.has}` : "";
  return `trial.report got ${String(value)}${has}; give ${valuesWords(job)}.`;
}

/**
 * What a report or a return value says, by metric; null when it is no number and no object of numbers, or a number in a study with
 * several objectives.
 */
export function asValues({ metrics }: Job, value: unknown): Readonly<Record<string, number>> | null {
  if (typeof value === "number") return metrics.length === 1 ? { [metrics[0]!]: value } : null;
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  return entries.every(([, each]) => typeof each === "number") ? (value as Record<string, number>) : null;
}

function result(outcome: Outcome, values: Values, message: string | null): JobResult {
  const state = outcome === "ok" ? "complete" : outcome === "preempted" ? null : "failed";
  return { state, values, end: { outcome, message, exitCode: null, signal: null, checkpoint: null } };
}
