import { findBest } from "../analysis/index.ts";
import { AttuneError } from "../errors.ts";
import { compileLimits } from "../objective/index.ts";
import { opaquePredicate } from "../space/expression/opaque-predicate.ts";
import {
  activeParameters,
  describeChange,
  describeValues,
  didYouMean,
  formatDomainText,
  isParameterValue,
  type JsonValue,
  type Parameter,
  type Params,
  parseParamValue,
  type Space,
  type SpaceChange,
  spaceChanges,
  spaceFromJson,
} from "../space/index.ts";
import { numberIn } from "../space/number-text.ts";
import { type CarryOver, carryOver, liesWithin, paramsInSpace } from "../trial/carry-over.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";
import { hasValues } from "./has-values.ts";
import { listTrials } from "./list-trials.ts";
import { requireFreeNames } from "./require-free-names.ts";
import { respelledValues } from "./respelled-values.ts";

/** What another space would mean for a study's trials. */
export interface SpaceChangePlan {
  readonly changes: readonly SpaceChange[];
  /** What changes and how the trials so far count in it, in sentences; empty when the space is the same. */
  readonly notices: readonly string[];
  /** What cannot be kept, in sentences; empty when nothing is lost. */
  readonly losses: readonly string[];
  /** Trials whose configuration is not in the new space. */
  readonly leftOut: readonly number[];
  /** Parameters that trials lack and for which nobody said what these count as. */
  readonly unanswered: readonly string[];
  readonly carry: CarryOver;
}

/** What the user says about the trials so far. */
export interface SaidOfTrials {
  /** Values by parameter, as texts or values. */
  readonly was?: Params | undefined;
  readonly renamed?: Readonly<Record<string, string>> | undefined;
}

/**
 * Works out what a change of the space means. A parameter that trials lack counts as what `was` says, else as its fixed value
 * or its default. Changes nothing.
 *
 * @throws AttuneError `invalid-argument` or `invalid-params` for a `was` that cannot be.
 */
export function planSpaceChange(state: StudyState, wanted: Space, said: SaidOfTrials = {}): SpaceChangePlan {
  const renamed = said.renamed ?? {};
  const before = spaceFromJson(state.space);
  requireFreeNames(wanted, before);
  const trials = state.views().filter(({ number }) => !state.isInvalid(number));
  const told = readWas(wanted, said.was ?? {});
  const changes = spaceChanges(before, wanted, renamed);
  requireSameFidelity(before, wanted, trials);
  // Another order of the same parameters is no change: the study keeps its own.
  if (changes.length === 0) return { ...NOTHING, carry: { was: told, renamed } };
  const carriedBy = (was: Params) => (trial: Trial) => {
    const version = { ...state.spaceVersions.at(-1)!, carry: { was, renamed } };
    return carryOver(trial.params, trial.spaceVersion, [...state.spaceVersions, version]);
  };
  const own = trials.map(carriedBy({}));
  let was = told;
  let lacking = lackedParameters(wanted, own, trials.map(carriedBy(was)));
  // A default may make further parameters active.
  for (let assumed = defaultsOf(lacking, was); Object.keys(assumed).length > 0; assumed = defaultsOf(lacking, was)) {
    was = { ...was, ...assumed };
    lacking = lackedParameters(wanted, own, trials.map(carriedBy(was)));
  }
  const carry = { was, renamed };
  const carried = trials.map(carriedBy(carry.was));
  const leftOut = trials.filter((_, i) => !liesWithin(wanted, paramsInSpace(wanted, carried[i]!)));
  const free = !hasValues(trials);
  const until = trials.map(({ params, spaceVersion }) => carryOver(params, spaceVersion, state.spaceVersions));
  const asked = trials.flatMap((trial, i) => (isAsked(before, trial, until[i]!, free) ? [i] : []));
  const open = lackedParameters(wanted, pick(own, asked), pick(carried, asked));
  const unanswered = open.map(({ parameter }) => parameter.name).filter((name) => !Object.hasOwn(carry.was, name));
  const newlyOut = leftOut.filter((trial) => liesWithin(before, paramsInSpace(before, until[trials.indexOf(trial)]!)));
  const notices = noticesOf(changes, lacking, carry.was);
  const left = leftOut.map(({ number }) => number);
  const losses = [
    ...leftOutLoss(state, newlyOut, trials.length),
    ...mergedLosses(trials, until.map(paramsIn(before, trials)), carried.map(paramsIn(wanted, trials)), renamed),
    ...derivedLosses(changes),
    ...respelledValues(before, wanted),
  ];
  // Nothing was told that could be lost.
  return { changes, notices, losses: free ? [] : losses, leftOut: left, unanswered, carry };
}

/**
 * Trials so far were run with parts of the largest fidelity, or whole: with another one nobody could tell which.
 *
 * @throws AttuneError `study-changed`.
 */
function requireSameFidelity(before: Space, wanted: Space, trials: readonly Trial[]): void {
  const begun = trials.some(
    ({ segments, origin, state }) => state !== "failed" && (segments.length > 0 || origin === "imported"),
  );
  if (!begun || fidelityText(before) === fidelityText(wanted)) return;
  const [was, becomes] = [fidelityText(before) ?? "none", fidelityText(wanted) ?? "none"];
  throw new AttuneError(
    "study-changed",
    `The fidelity becomes ${becomes} (was ${was}), and trials were run with the one before, which cannot be compared with others; begin a new study for it.`,
    { data: { fidelity: was, wanted: becomes } },
  );
}

/** What trials are run with; how values are spread and called does not matter. */
function fidelityText({ fidelity }: Space): string | null {
  if (fidelity === undefined) return null;
  const { unit: _unit, description: _words, ...values } = fidelity;
  return `${fidelity.name} ${formatDomainText({ ...values, scale: "linear" })}`;
}

const NOTHING = { changes: [], notices: [], losses: [], leftOut: [], unanswered: [] } as const;

/**
 * False for a failed trial that tells nothing by what it lacks: while no trial has a value, and later of those that lacked
 * something already when there was none.
 */
function isAsked(space: Space, { state }: Trial, params: Params, free: boolean): boolean {
  if (state !== "failed") return true;
  return !free && lackedParameters(space, [params], [params]).length === 0;
}

function pick(all: readonly Params[], indices: readonly number[]): readonly Params[] {
  return indices.map((i) => all[i]!);
}

interface Lacking {
  readonly parameter: Parameter;
  readonly count: number;
}

/** Parameters that are active in what trials are carried over to, and that their own configurations lack. */
function lackedParameters(space: Space, own: readonly Params[], carried: readonly Params[]): readonly Lacking[] {
  const counts = new Map<Parameter, number>();
  for (const [i, params] of carried.entries()) {
    for (const p of activeParameters(space, params))
      if (!Object.hasOwn(own[i]!, p.name)) counts.set(p, (counts.get(p) ?? 0) + 1);
  }
  return [...counts].map(([parameter, count]) => ({ parameter, count }));
}

function defaultsOf(lacking: readonly Lacking[], was: Params): Params {
  const assumed = lacking.flatMap(({ parameter }) => {
    const value = parameter.type === "fixed" ? parameter.value : parameter.default;
    return value === undefined || Object.hasOwn(was, parameter.name) ? [] : [[parameter.name, value] as const];
  });
  return Object.fromEntries(assumed);
}

function readWas(space: Space, was: Params): Params {
  const names = space.parameters.map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(was).map(([name, value]) => {
      const parameter = space.parameters.find((p) => p.name === name);
      if (parameter !== undefined) return [name, readWasValue(parameter, value)];
      const message = `"was" names ${name}, which is no parameter of the new space; there are ${names.join(", ")}.`;
      throw new AttuneError("invalid-argument", message + didYouMean(name, names));
    }),
  );
}

/** A number may lie outside of the range: the trials were made with it all the same. */
function readWasValue(p: Parameter, value: JsonValue): JsonValue {
  if (isParameterValue(p, value)) return value;
  const number = p.type === "float" || p.type === "int" ? numberIn(value) : null;
  if (number !== null) return number;
  if (typeof value === "string") return parseParamValue(p, value);
  throw new AttuneError(
    "invalid-params",
    `${p.name} was ${JSON.stringify(value)}, it is said; allowed: ${describeValues(p)}.`,
  );
}

function noticesOf(changes: readonly SpaceChange[], lacking: readonly Lacking[], was: Params): readonly string[] {
  const told = changes.map((change) => `${describeChange(change)}.`);
  const functions = changes.some(({ subject, after }) => subject === "constraint" && isOpaque(after));
  if (functions) told.push("Trials so far are not checked against constraints written as functions.");
  for (const { parameter, count } of lacking) {
    if (!Object.hasOwn(was, parameter.name)) continue;
    const value = JSON.stringify(was[parameter.name]);
    told.push(`${count} ${count === 1 ? "trial" : "trials"} without ${parameter.name} will count as ${value}.`);
  }
  return told;
}

function isOpaque(constraint: string | null): boolean {
  return constraint !== null && opaquePredicate(constraint) !== null;
}

function leftOutLoss(state: StudyState, leftOut: readonly Trial[], total: number): readonly string[] {
  if (leftOut.length === 0) return [];
  const numbers = leftOut.map(({ number }) => number);
  const best = bestAmong(state, numbers);
  const [are, they] = numbers.length === 1 ? ["lies", "it stays"] : ["lie", "they stay"];
  return [
    `${listTrials(numbers)} (${numbers.length} of ${total})${best} ${are} outside the new space: samplers will not learn from ` +
      `${numbers.length === 1 ? "it" : "them"} any more; ${they} in the record and in the budget.`,
  ];
}

/** Which of these trials are the best so far, in words; empty where none is. */
function bestAmong(state: StudyState, numbers: readonly number[]): string {
  const { metrics, settings } = state;
  const { front } = findBest(state.list(), metrics, null, compileLimits(settings.limits));
  const found = front.map(({ number }) => number).filter((number) => numbers.includes(number));
  if (found.length === 0) return "";
  return metrics.length === 1
    ? `, among them ${found[0]}, the best so far,`
    : `, among them ${found.toSorted((a, b) => a - b).join(", ")} of the front,`;
}

function paramsIn(space: Space, trials: readonly Trial[]) {
  return (params: Params, i: number): Params => paramsInSpace(space, params, trials[i]!.definitions);
}

/** Trials that differ in a value which counted until now and no longer does become alike. */
function mergedLosses(
  trials: readonly Trial[],
  before: readonly Params[],
  after: readonly Params[],
  renamed: CarryOver["renamed"],
): readonly string[] {
  const values = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const [i, params] of before.entries()) {
    for (const [name, value] of Object.entries(params)) {
      if (Object.hasOwn(after[i]!, renamed[name] ?? name) || !Object.hasOwn(trials[i]!.params, name)) continue;
      values.set(name, (values.get(name) ?? new Set()).add(JSON.stringify(value)));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...values]
    .filter(([, different]) => different.size > 1)
    .map(([name]) => {
      const count = counts.get(name)!;
      return `${name} no longer counts in ${count} trials, which had different values of it: samplers will see them as if it did not matter.`;
    });
}

function derivedLosses(changes: readonly SpaceChange[]): readonly string[] {
  return changes
    .filter(({ subject, before, after }) => subject === "derived" && before !== null && after !== null)
    .map(({ name }) => `${name} is computed in another way; the trials so far were run with the old one.`);
}
