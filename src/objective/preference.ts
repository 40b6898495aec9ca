import { AttuneError } from "../errors.ts";
import { numberIn } from "../space/number-text.ts";
import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";
import { frontShares } from "./front-scale.ts";
import { meetsGoal, readBound } from "./goal.ts";
import { kneeOf } from "./knee.ts";
import { weightedValue } from "./weighted-values.ts";

/** What somebody prefers among the points of a front. */
export type Preference =
  | { readonly kind: "weights"; readonly weights: readonly number[] }
  | { readonly kind: "order"; readonly steps: readonly PreferenceStep[] }
  /** Somebody has taken the point with these values. */
  | { readonly kind: "taken"; readonly values: readonly number[] };

/** A bound that is to be met, or the objective itself. */
export type PreferenceStep = { readonly metric: Metric; readonly at: number; readonly text: string };

/** The point that a preference chooses. */
export interface Preferred {
  readonly place: number;
  /** Bounds that no point meets, of which the nearest were taken. */
  readonly unmet: readonly string[];
}

/**
 * Reads `sharpe: 2, drawdown: 1` (weights) or `drawdown <= 0.1, then sharpe` (what comes first).
 *
 * @throws AttuneError `invalid-argument` that says what is wrong and what is allowed.
 */
export function readPreference(text: string, metrics: readonly Metric[]): Preference {
  const isWeights = /:/.test(text.replace(/`[^`]*`/g, ""));
  return isWeights ? readWeights(text, metrics) : readOrder(text, metrics);
}

function readWeights(text: string, metrics: readonly Metric[]): Preference {
  const weights = metrics.map(() => 0);
  const named = new Set<number>();
  for (const part of text.split(",")) {
    const [, name = "", value = ""] = /^\s*(.+?)\s*:\s*(\S+)\s*$/u.exec(part) ?? [];
    const at = placeOf(name, metrics, text);
    const weight = numberIn(value);
    if (weight === null || weight < 0 || !Number.isFinite(weight))
      throw refused(text, `${JSON.stringify(part.trim())} gives no weight from 0 up; write ${example(metrics)}`);
    if (named.has(at)) throw refused(text, `${name} has a weight already; give one`);
    named.add(at);
    weights[at] = weight;
  }
  if (!weights.some((weight) => weight > 0)) throw refused(text, "at least one weight has to be above 0");
  return { kind: "weights", weights };
}

function readOrder(text: string, metrics: readonly Metric[]): Preference {
  const parts = text.split(/\s*,?\s*\bthen\b\s*/u);
  const steps = parts.map((part): PreferenceStep => {
    if (!/[<>=]/.test(part)) {
      const at = placeOf(part.trim(), metrics, text);
      const { goal: _, ...metric } = metrics[at]!;
      return { metric, at, text: metric.name };
    }
    const { name, value } = readBound(part, metrics, `The preference ${JSON.stringify(text)}`);
    const at = metrics.findIndex((metric) => metric.name === name);
    return { metric: { ...metrics[at]!, goal: value }, at, text: part.trim() };
  });
  return { kind: "order", steps };
}

function placeOf(name: string, metrics: readonly Metric[], text: string): number {
  const plain = name.replaceAll("`", "");
  const at = metrics.findIndex((metric) => metric.name === plain);
  if (at >= 0) return at;
  const has = `the study has no objective ${JSON.stringify(plain)}; it has ${metrics.map((one) => one.name).join(", ")}`;
  throw refused(text, `${has}. Write ${example(metrics)}`);
}

function example(metrics: readonly Metric[]): string {
  const [first, second = first] = metrics.map(({ name }) => name);
  const sign = metrics.at(-1)?.direction === "maximize" ? ">=" : "<=";
  return `weights, "${first}: 2, ${second}: 1", or what comes first, "${second} ${sign} 0.1, then ${first}"`;
}

function refused(text: string, advice: string): AttuneError {
  return new AttuneError("invalid-argument", `The preference ${JSON.stringify(text)}: ${advice}.`, {
    data: { preference: text },
  });
}

/**
 * The point of a front that a preference chooses; null where there is none. By weights: the least augmented Chebyshev value of the shares between each
 * objective's best and worst on the front, which finds points where the front is hollow too. By order: what meets the bounds and is best in the
 * objectives, one after the other; where none meets a bound those nearest to it; of what is left the knee.
 */
export function preferredOf(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  preference: Preference,
): Preferred | null {
  if (points.length === 0) return null;
  switch (preference.kind) {
    case "weights":
      return { place: byWeights(points, metrics, preference.weights), unmet: [] };
    case "order":
      return byOrder(points, metrics, preference.steps);
    case "taken": {
      const place = points.findIndex((point) => point.every((value, at) => value === preference.values[at]));
      return place < 0 ? null : { place, unmet: [] };
    }
  }
}

function byWeights(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  weights: readonly number[],
): number {
  const values = frontShares(points, metrics).map((shares) => weightedValue(shares, weights));
  return values.reduce((best, value, place) => (value < values[best]! ? place : best), 0);
}

function byOrder(
  points: readonly (readonly number[])[],
  metrics: readonly Metric[],
  steps: readonly PreferenceStep[],
): Preferred {
  let left = points.map((_, place) => place);
  const unmet: string[] = [];
  for (const { metric, at, text } of steps) {
    const valueAt = (place: number): number => points[place]![at]!;
    const meeting = left.filter((place) => meetsGoal(metric, valueAt(place)));
    if (meeting.length > 0) {
      left = meeting;
      continue;
    }
    if (metric.goal !== undefined) unmet.push(text);
    // The nearest to a bound that none meets are the best of the objective.
    const best = left.reduce((a, b) => (compareValues(valueAt(b), valueAt(a), metric.direction) < 0 ? b : a));
    left = left.filter((place) => compareValues(valueAt(place), valueAt(best), metric.direction) === 0);
  }
  return { place: kneeOf(points, metrics, left)!, unmet };
}
