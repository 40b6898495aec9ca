import { AttuneError } from "../errors.ts";
import { compileLimits, frontsOf, goalText, groupReplicates, isVisible, metricValue } from "../objective/index.ts";
import { metricSettingsOf } from "../protocol/metric-settings.ts";
import { requireSamplerFor } from "../sampler/registry.ts";
import { createScheduler, requireSchedulerFor } from "../scheduler/registry.ts";
import { checkOptions, OPTION, type OptionKinds } from "../space/check-options.ts";
import type { Space } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { SaidOfObjectives } from "../trial/metrics-in-force.ts";
import type { StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import { readMetrics } from "./define-study.ts";
import { ACCEPTANCE_KINDS, type EditAcceptance } from "./edit-acceptance.ts";
import { listTrials } from "./list-trials.ts";
import { schedulerStudy } from "./scheduler-study.ts";
import type { StudyLog } from "./study-log.ts";
import { METRIC_NAMES } from "./study-option-kinds.ts";

/** Which objectives a study is to gain and to lose. */
export interface ObjectivesEdit {
  /** Metrics to make small, and to make large, from now on; those the study has already may be named. */
  readonly minimize?: string | readonly string[];
  readonly maximize?: string | readonly string[];
  /** Names of objectives that are none any more. */
  readonly drop?: readonly string[];
}

/** What an edit of objectives takes. */
const OBJECTIVES_EDIT_KINDS: OptionKinds<ObjectivesEdit> = {
  minimize: METRIC_NAMES,
  maximize: METRIC_NAMES,
  drop: OPTION.list,
};

/** What an edit of objectives did or would do. */
export interface ObjectivesEditReport {
  /** What changes, in sentences; empty when the objectives are the same. */
  readonly changes: readonly string[];
  /** What does not count any more, in sentences. */
  readonly losses: readonly string[];
  /** Complete trials without a value of an objective that is new: no front, best or sampler counts them. */
  readonly leftOut: readonly number[];
  readonly applied: boolean;
}

/** A change of objectives as it would be made. */
export type ObjectivesPlan = Omit<ObjectivesEditReport, "applied"> & { readonly metrics: readonly Metric[] };

/** See `Study.editObjectives`. */
export async function editObjectives(
  log: StudyLog,
  edit: ObjectivesEdit,
  options: EditAcceptance,
): Promise<ObjectivesEditReport> {
  checkOptions("study.editObjectives", edit, OBJECTIVES_EDIT_KINDS);
  checkOptions("study.editObjectives", options, ACCEPTANCE_KINDS);
  const { accept = false, dryRun = false } = options;
  await log.refresh();
  const { state } = log;
  const { metrics, ...plan } = planObjectives(state, objectivesAfter(state, edit));
  if (dryRun || plan.changes.length === 0) return { ...plan, applied: false };
  if (plan.losses.length > 0 && !accept) throw notAccepted(state, plan.losses, plan.leftOut);
  requireAble(state.settings, metrics, log.space);
  const settings = withObjectives(state.metrics, state.settings, metrics);
  await log.execute({ type: "configure", settings, expectedVersion: state.settingsVersion });
  return { ...plan, applied: true };
}

/**
 * What becomes of a study with these objectives.
 *
 * @throws AttuneError `study-changed` where no trial has a value of a new one, or one has the other direction.
 */
export function planObjectives(state: StudyState, metrics: readonly Metric[]): ObjectivesPlan {
  const before = state.metrics;
  const isIn = (list: readonly Metric[]) => (one: Metric) => list.some(({ name }) => name === one.name);
  for (const metric of metrics) refuseTurned(state, metric);
  const gained = metrics.filter((metric) => !isIn(before)(metric));
  const lost = before.filter((metric) => !isIn(metrics)(metric));
  if (gained.length + lost.length === 0) return { metrics: before, changes: [], losses: [], leftOut: [] };
  const complete = [...state.list().inState("complete")].filter(isVisible);
  const lacking = gained.map(({ name }) => {
    const without = complete.filter((trial) => !Number.isFinite(metricValue(trial, name)));
    if (complete.length > 0 && without.length === complete.length) throw neverKept(state, name, complete.length);
    return { name, trials: without.map(({ number }) => number) };
  });
  const leftOut = new Set(lacking.flatMap(({ trials }) => trials));
  const since = complete.length === 0 ? "" : ", for the trials so far as well";
  return {
    metrics,
    changes: [
      ...gained.map(({ name, direction }) => `${name} is an objective from now on, to ${direction}${since}.`),
      ...lost.map(({ name }) => `${name} is no objective any more; its values stay in the record.`),
    ],
    losses: [
      ...lacking.flatMap(({ name, trials }) => withoutValue(name, trials)),
      ...lost.flatMap(goalLost),
      ...(complete.length === 0 ? [] : frontLost(state, metrics)),
    ],
    leftOut: [...leftOut].sort((a, b) => a - b),
  };
}

/** Settings with these objectives; goals, references and units of those that stay stay, and what is no objective any more is kept as another metric. */
export function withObjectives(
  before: readonly Metric[],
  settings: StudySettings,
  metrics: readonly Metric[],
): StudySettings {
  const begun = saidOf(before);
  const known = {
    goals: settings.goals ?? begun.goals,
    references: settings.references ?? begun.references,
    units: settings.units ?? begun.units,
  };
  const left = <V>(all: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
    Object.fromEntries(Object.entries(all).filter(([said]) => metrics.some(({ name }) => name === said)));
  return {
    ...settings,
    objectives: metrics.map(({ name, direction }) => ({ name, direction })),
    ...(Object.keys(known.goals).length > 0 && { goals: left(known.goals) }),
    ...(Object.keys(known.references).length > 0 && { references: left(known.references) }),
    ...(Object.keys(known.units).length > 0 && { units: left(known.units) }),
    extra: { ...settings.extra, ...keptMetrics(before, settings, metrics) },
  };
}

/** Goals, references and units by objective. */
export function saidOf(metrics: readonly Metric[]): Required<SaidOfObjectives> {
  const by = <V>(pick: (metric: Metric) => V | undefined): Readonly<Record<string, V>> =>
    Object.fromEntries(
      metrics.flatMap((metric) => {
        const value = pick(metric);
        return value === undefined ? [] : [[metric.name, value]];
      }),
    );
  return { goals: by(({ goal }) => goal), references: by(({ reference }) => reference), units: by(({ unit }) => unit) };
}

/** Programs go on to be read for what was an objective. */
function keptMetrics(
  before: readonly Metric[],
  settings: StudySettings,
  metrics: readonly Metric[],
): Readonly<Record<string, JsonValue>> {
  const reading = metricSettingsOf(settings.extra.metrics);
  const names = metrics.map(({ name }) => name);
  const kept = [...(reading.keep ?? []), ...before.map(({ name }) => name)].filter((name) => !names.includes(name));
  if (settings.command === null || (kept.length === 0 && reading.keep === undefined)) return {};
  return { metrics: { ...reading, keep: [...new Set(kept)] } as JsonValue };
}

/**
 * @throws AttuneError `invalid-argument` where sampler or scheduler know one objective alone.
 */
export function requireAble(settings: StudySettings, metrics: readonly Metric[], space: Space): void {
  const { limits = [], sampler, scheduler } = settings;
  requireSamplerFor(sampler.name, metrics, limits);
  createScheduler(scheduler, metrics, space.fidelity ?? null, schedulerStudy(settings, space, 0));
  requireSchedulerFor(scheduler.name, metrics, limits);
}

function objectivesAfter({ metrics, name: study }: StudyState, edit: ObjectivesEdit): readonly Metric[] {
  const { drop = [], minimize = [], maximize = [] } = edit;
  const added = [minimize, maximize].flat();
  if (added.length + drop.length === 0)
    throw new AttuneError("invalid-argument", "No objective is named; say which to minimize, to maximize or to drop.");
  for (const name of drop) {
    if (added.includes(name))
      throw new AttuneError("invalid-argument", `${name} is to be an objective and to be none; name it once.`);
    if (metrics.some((metric) => metric.name === name)) continue;
    const has = metrics.map((metric) => metric.name).join(", ");
    throw new AttuneError("invalid-argument", `${name} is no objective of study "${study}"; it has ${has}.`);
  }
  const given = added.length === 0 ? [] : readMetrics({ minimize, maximize });
  const kept = metrics.filter(({ name }) => !drop.includes(name));
  const turned = given.find(({ name, direction }) =>
    kept.some((one) => one.name === name && one.direction !== direction),
  );
  if (turned !== undefined) throw otherDirection(study, turned);
  const all = [...kept, ...given.filter(({ name }) => kept.every((metric) => metric.name !== name))];
  if (all.length > 0) return all;
  throw new AttuneError("invalid-argument", `Study "${study}" would have no objective; leave it one.`);
}

function refuseTurned({ metrics, name: study }: StudyState, { name, direction }: Metric): void {
  const before = metrics.find((metric) => metric.name === name);
  if (before !== undefined && before.direction !== direction) throw otherDirection(study, { name, direction });
}

function otherDirection(study: string, { name, direction }: Metric): AttuneError {
  const was = direction === "minimize" ? "maximize" : "minimize";
  const message = `Study "${study}" is to ${was} ${name}, and what its trials came to would mean the opposite; begin another study to ${direction} it.`;
  return new AttuneError("study-changed", message);
}

function neverKept({ name: study }: StudyState, name: string, trials: number): AttuneError {
  const none = trials === 1 ? "The complete trial of" : `None of the ${trials} complete trials of`;
  const has = trials === 1 ? "has no value" : "has a value";
  const message = `${none} study "${study}" ${has} of ${name}, so that none would count; keep it with trials to come first, or begin another study.`;
  return new AttuneError("study-changed", message, { data: { metric: name } });
}

function withoutValue(name: string, trials: readonly number[]): readonly string[] {
  if (trials.length === 0) return [];
  return [
    `There is no value of ${name} in ${listTrials(trials)}: what stays in the record and the budget without one counts for no front and no sampler.`,
  ];
}

function goalLost(metric: Metric): readonly string[] {
  const { name, reference } = metric;
  const text = goalText(metric);
  return [
    ...(text === null ? [] : [`The goal ${text} goes with its objective.`]),
    ...(reference === undefined ? [] : [`The reference ${reference} of ${name} goes with its objective.`]),
  ];
}

/** Configurations that are best, or on the front, and are so no more. */
function frontLost(state: StudyState, metrics: readonly Metric[]): readonly string[] {
  const limits = compileLimits(state.settings.limits);
  const trialsOf = (objectives: readonly Metric[]): readonly number[] =>
    frontsOf(groupReplicates(state.list(), objectives), objectives, limits).front.map(({ first }) => first.number);
  const after = new Set(trialsOf(metrics));
  const gone = trialsOf(state.metrics).filter((number) => !after.has(number));
  if (gone.length === 0) return [];
  const list = listTrials(gone.toSorted((a, b) => a - b));
  return [`No more ${state.metrics.length > 1 ? "on the front" : "the best"}: ${list}.`];
}

function notAccepted({ name }: StudyState, losses: readonly string[], leftOut: readonly number[]): AttuneError {
  const message = `Nothing was changed: with these objectives not all that the trials of study "${name}" told counts any more. ${losses.join(" ")} Accept that (accept: true), or leave the objectives as they are.`;
  return new AttuneError("study-changed", message, { data: { losses, leftOut } });
}
