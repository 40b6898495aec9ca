import { existsSync } from "node:fs";
import { AttuneError, type SourcePosition } from "../../errors.ts";
import { type MetricSettings, metricSettingsOf } from "../../protocol/metric-settings.ts";
import { learnStudySecrets } from "../../record/secrets.ts";
import { storageFile } from "../../record/study-files.ts";
import { createSampler, DEFAULT_SAMPLER, samplerNames, samplerThinks } from "../../sampler/registry.ts";
import { createScheduler } from "../../scheduler/registry.ts";
import { declaredParameters, jsonEqual, type Space, spaceFromJson } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Storage, StudyOverview, StudyParts } from "../../storage/storage.ts";
import { defineStudy } from "../../study/define-study.ts";
import { createStudy, openStudy, type Study, type StudyOptions } from "../../study/index.ts";
import { requireGrows } from "../../study/require-grows.ts";
import { isSameProgram } from "../../study/same-program.ts";
import { thinkingSeconds } from "../../study/thinking-seconds.ts";
import type { Metric } from "../../trial/metric.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { RunSettings } from "../settings/table.ts";
import { foldsFor, rejectOtherFolds } from "./folds-for.ts";
import { givenObjectives } from "./given-objectives.ts";
import { keptMetricSettings, withReader } from "./reading-of-study.ts";
import { requireStorage } from "./storage-location.ts";
import { defaultStudyName } from "./study-name.ts";
import { studySpace } from "./study-space.ts";

type Extra = Readonly<Record<string, JsonValue>>;

/**
 * The study that settings mean: the living one of that name when nothing of a study is given but its name, else a new one or
 * the one that fits. What an existing study has and the settings leave out (metric, sampler) stays.
 *
 * @throws AttuneError that says what is missing, or what does not fit.
 */
export async function openSettings(settings: RunSettings, storage: Storage): Promise<Study> {
  const study = await opened(settings, storage);
  learnStudySecrets(study);
  return study;
}

async function opened(settings: RunSettings, storage: Storage): Promise<Study> {
  const name = settings.study ?? (await studyOfProgram(settings, storage)) ?? nameOf(settings);
  if (settings.command === undefined && settings.space === undefined) {
    const living = await withNewestReader(rejectChange(await openStudy({ name, storage }), settings), storage);
    const { goals, references, units, limits, grows } = settings;
    const given = givenObjectives(settings);
    const metrics = given === undefined || areThose(living.metrics, given) ? undefined : given;
    if ([goals, references, units, limits, grows, metrics].every((one) => one === undefined)) return living;
    const change = {
      ...(goals !== undefined && { goals }),
      ...(references !== undefined && { references }),
      ...(units !== undefined && { units }),
      ...(limits !== undefined && { limits }),
      ...(grows !== undefined && { grows }),
      ...(metrics !== undefined && { metrics }),
    };
    return await goesOn(living, storage, change);
  }
  const found = await storage.findStudy(name);
  const before = found === null ? null : await openStudy({ name, storage });
  return await createStudy({ ...optionsOf({ ...settings, study: name }, before), storage });
}

/**
 * Tells what is wrong with settings before a storage is made for them.
 *
 * @throws AttuneError as {@link openSettings} would for a new study, or because there is none to go on with.
 */
export function checkNewStudy(settings: RunSettings, location: string): void {
  const file = storageFile(location);
  if (file === null || existsSync(file)) return;
  if (settings.command === undefined && settings.space === undefined) requireStorage(location);
  else {
    const asked = defineStudy(optionsOf(settings, null));
    requireGrows(asked.settings, asked.metrics);
  }
}

function nameOf({ study, command }: RunSettings): string {
  if (study !== undefined) return study;
  if (command !== undefined) return defaultStudyName(command.template);
  throw new AttuneError("invalid-argument", "No study is named; give --study NAME, or a study file.");
}

function optionsOf(settings: RunSettings, before: Study | null): StudyOptions<Space> {
  const { command, seed, samplerPosition, schedulerPosition } = settings;
  const metrics = givenObjectives(settings) ?? (before?.metrics ?? []).map(plain);
  if (metrics.length === 0) {
    const message = "No metric is given. Say what the program prints: --minimize loss or --maximize accuracy.";
    throw new AttuneError("invalid-argument", message);
  }
  const reading = keptMetricSettings(settings, metrics) ?? metricSettingsOf(before?.settings.extra.metrics);
  const sampler = thinkingSampler(settings, before?.settings.sampler);
  const scheduler = settings.scheduler ?? before?.settings.scheduler;
  const space = studySpace(settings);
  if (sampler !== undefined) locatedFault(samplerPosition, () => createSampler(sampler, space));
  if (scheduler !== undefined)
    locatedFault(schedulerPosition, () =>
      createScheduler(scheduler, metrics, space.fidelity ?? null, { space, seed: 0 }),
    );
  const folds = foldsFor(settings, before, { space, scheduler });
  const extra = withReading(before?.settings.extra, withReader(reading, before));
  return {
    name: nameOf(settings),
    metrics,
    space,
    command: command?.template ?? null,
    extra: folds === null ? extra : { ...extra, folds },
    ...(sampler === undefined ? {} : { sampler: { ...sampler.options, name: sampler.name } }),
    ...(scheduler === undefined ? {} : { scheduler: { ...scheduler.options, name: scheduler.name } }),
    ...(seed === undefined ? {} : { seed }),
    ...(settings.was === undefined ? {} : { was: settings.was }),
    ...(settings.goals === undefined ? {} : { goals: settings.goals }),
    ...(settings.references === undefined ? {} : { references: settings.references }),
    ...(settings.units === undefined ? {} : { units: settings.units }),
    ...(settings.limits === undefined ? {} : { limits: settings.limits }),
    ...(settings.grows === undefined ? {} : { grows: settings.grows }),
  };
}

/** What is kept with a study's settings; nothing is added to it for a study that reads as usual, by the rules of version 1. */
function withReading(extra: Extra = {}, reading: MetricSettings): Extra {
  if (Object.keys(reading).length === 0 && extra.metrics === undefined) return extra;
  return { ...extra, metrics: { ...reading } as JsonValue };
}

/** A study without a value yet goes over to the newest rules for reading metrics. */
async function withNewestReader(study: Study, storage: Storage): Promise<Study> {
  const { settings } = study;
  const kept = metricSettingsOf(settings.extra.metrics);
  const wanted = withReader(kept, study);
  if (wanted.reader === kept.reader) return study;
  return await goesOn(study, storage, { extra: withReading(settings.extra, wanted) });
}

/** The study as it is, but for what is changed. */
async function goesOn(
  { name, metrics, space, settings: { command, extra } }: Study,
  storage: Storage,
  change: Pick<StudyOptions, "extra" | "goals" | "references" | "units" | "limits" | "grows" | "metrics">,
): Promise<Study> {
  return await createStudy({ name, metrics: metrics.map(plain), space, command, extra, ...change, storage });
}

/** Goals, references and units that nobody names stay as they are. */
function plain({ name, direction }: Metric): Metric {
  return { name, direction };
}

/** Whether a study tunes these, in whatever order. */
function areThose(own: readonly Metric[], wanted: readonly Metric[]): boolean {
  return own.length === wanted.length && wanted.every((metric) => isAmong(metric, own));
}

function isAmong({ name, direction }: Metric, metrics: readonly Metric[]): boolean {
  return metrics.some((one) => one.name === name && one.direction === direction);
}

function inWords(metrics: readonly Metric[]): string {
  return metrics.map(({ name, direction }) => `${direction} ${name}`).join(", ");
}

/** A study called by its name alone keeps what it is; asking for something else is refused. */
function rejectChange(study: Study, settings: RunSettings): Study {
  const { seed, sampler, scheduler } = settings;
  const objectives = givenObjectives(settings);
  if (objectives !== undefined && !study.metrics.every((metric) => isAmong(metric, objectives))) {
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} tunes ${inWords(study.metrics)}, not ${inWords(objectives)}. Begin another with --study NAME, or see attune objectives.`,
    );
  }
  if (seed !== undefined && seed !== study.seed) {
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} has the seed ${study.seed}, not ${seed}. Begin another with --study NAME.`,
    );
  }
  for (const [kind, wanted] of Object.entries({ sampler, scheduler })) {
    const own = study.settings[kind as "sampler" | "scheduler"].name;
    if (wanted === undefined || wanted.name === own) continue;
    const message = `Study ${study.name} has the ${kind} ${own}; to change it to ${wanted.name}, give the whole command or study file again.`;
    throw new AttuneError("study-changed", message);
  }
  rejectThinking(study, settings);
  rejectOtherFolds(study, settings);
  const reading = keptMetricSettings(settings, study.metrics);
  const { reader: _reader, ...kept } = metricSettingsOf(study.settings.extra.metrics);
  if (reading !== undefined && !jsonEqual({ ...reading }, { ...kept })) {
    throw new AttuneError(
      "study-changed",
      `Study ${study.name} reads its metrics in another way; to change it, give the whole command or study file again.`,
    );
  }
  return study;
}

function rejectThinking(study: Study, settings: RunSettings): void {
  const { sampler } = study.settings;
  const wanted = settings.think === undefined ? undefined : thinkingSampler(settings, sampler);
  if (wanted === undefined) return;
  if (thinkingSeconds(wanted) === thinkingSeconds(sampler)) return;
  const { think } = sampler.options;
  const has = typeof think === "string" ? `thinks ${think} about a suggestion` : "has no time to think";
  throw new AttuneError(
    "study-changed",
    `Study ${study.name} ${has}; to change it to ${settings.think}, give the whole command or study file again.`,
  );
}

/**
 * The sampler asked for, or else the one that the study has, with the time to think that is given besides; undefined when
 * nothing is said about either.
 *
 * @throws AttuneError for a time that makes no sense, or that the sampler has no use for.
 */
function thinkingSampler(settings: RunSettings, before: ComponentChoice | undefined): ComponentChoice | undefined {
  const { think, thinkPosition, samplerPosition } = settings;
  const sampler = settings.sampler ?? before;
  if (think === undefined) {
    if (sampler !== undefined) locatedFault(samplerPosition, () => thinkingSeconds(sampler));
    return sampler;
  }
  return locatedFault(thinkPosition, () => {
    const { name, options } = sampler ?? { name: DEFAULT_SAMPLER, options: {} };
    if (!samplerThinks(name)) throw noUse(think, name);
    // The operations were for another time; those for the same time are kept with the study.
    const { operations: _, ...others } = options;
    const thinking = { name, options: { ...others, think } };
    thinkingSeconds(thinking);
    return thinking;
  });
}

function noUse(think: string, name: string): AttuneError {
  const able = samplerNames().filter(samplerThinks).join(" or ");
  return new AttuneError(
    "invalid-argument",
    `think is "${think}", but the ${name} sampler takes no time to speak of; leave think out, or choose the sampler ${able}.`,
    { data: { think, sampler: name } },
  );
}

/**
 * The study that a program is tuned in when no study is named: the one there is of the same program with the same arguments and
 * parameters (ranges may differ), whatever its name; else the one named after the program, which may not be there yet.
 *
 * @throws AttuneError `invalid-argument` when there are several, none of them named after the program.
 */
async function studyOfProgram(settings: RunSettings, storage: Storage): Promise<string | null> {
  const { command } = settings;
  if (command === undefined) return null;
  const usual = defaultStudyName(command.template);
  const found: string[] = [];
  const studies = await storage.overview();
  const isSame = (one: StudyOverview): boolean => one.parts !== null && runsTheSame(one.parts, settings);
  for (const one of studies.filter(isSame)) {
    if (one.name === usual) return one.name;
    found.push(one.name);
  }
  if (found.length <= 1) return found[0] ?? usual;
  throw new AttuneError(
    "invalid-argument",
    `${found.length} studies in ${storage.location} run this program with these parameters: ${found.join(", ")}. ` +
      `Say which one goes on, by --study NAME, or --study ${usual} for a new one.`,
    { data: { names: found } },
  );
}

/** What to tell the user of a study that goes on under another name than a new one would have; else null. */
export function otherNameNotice({ study, command }: RunSettings, opened: Study): string | null {
  if (study !== undefined || command === undefined) return null;
  const usual = defaultStudyName(command.template);
  if (opened.name === usual) return null;
  return `Study ${opened.name} goes on: it runs the same program with the same parameters. For a new one: --study ${usual}.`;
}

function runsTheSame(study: StudyParts, settings: RunSettings): boolean {
  const { command } = settings;
  const objectives = givenObjectives(settings);
  if (objectives !== undefined && !areThose(study.metrics, objectives)) return false;
  if (!isSameProgram(study.settings.command, command?.template ?? null)) return false;
  const names = (space: Space): string =>
    JSON.stringify(
      declaredParameters(space)
        .map(({ name }) => name)
        .sort(),
    );
  return names(spaceFromJson(study.space)) === names(studySpace(settings));
}

/** Does something; an error that tells no place gets the one of the setting it is about, if that came from a file. */
function locatedFault<T>(position: SourcePosition | undefined, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (position === undefined || !(error instanceof AttuneError) || error.position !== null) throw error;
    throw new AttuneError("invalid-file", error.message, { cause: error, data: error.data, position });
  }
}
