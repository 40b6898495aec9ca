import { AttuneError } from "../errors.ts";
import { createSampler, DEFAULT_SAMPLER } from "../sampler/registry.ts";
import { createScheduler } from "../scheduler/registry.ts";
import { checkOptions, OPTION } from "../space/check-options.ts";
import { constraintTexts, type Predicate } from "../space/expression/opaque-predicate.ts";
import { buildSpace, defineSpace, type Space, type SpaceRecord, spaceToJson } from "../space/index.ts";
import { checkMetricName } from "../trial/check-metric-name.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice, StudyDefinition } from "../trial/study-definition.ts";
import type { ComponentOption, StudyOptions } from "./study-options.ts";
import { thinkingSeconds } from "./thinking-seconds.ts";
import { NEWEST_WRITING } from "./writing.ts";

/**
 * Checks options and writes them in the form the log keeps.
 *
 * @throws AttuneError `invalid-argument` or `invalid-space`.
 */
export function defineStudy(options: StudyOptions): StudyDefinition {
  const space = toSpace(options.space ?? {}, options.where);
  const metrics = readMetrics(options);
  const sampler = readComponent(options.sampler ?? DEFAULT_SAMPLER);
  const scheduler = readComponent(options.scheduler ?? "none");
  // Made once here so that a wrong name or option is told before anything is written.
  const made = createSampler(sampler, space, { spaceVersion: 1, settingsVersion: 1 });
  if (made.declaredOnly === true && space.parameters.length === 0) throw nothingDeclared(made.name);
  thinkingSeconds(sampler);
  createScheduler(scheduler, metrics);
  return {
    name: checkName(options.name),
    metrics,
    space: spaceToJson(space),
    settings: {
      sampler,
      scheduler,
      command: options.command ?? null,
      extra: { ...options.extra, writing: NEWEST_WRITING },
    },
    seed: checkSeed(options.seed ?? drawSeed()),
  };
}

function nothingDeclared(sampler: string): AttuneError {
  const way =
    "give the parameters as space, or choose another sampler for parameters that are asked for while a trial runs";
  return new AttuneError(
    "invalid-argument",
    `The ${sampler} sampler must know every parameter before the first trial, and the study declares none; ${way}.`,
  );
}

/** A finished space from either form, with more constraints put on it. */
export function toSpace(space: SpaceRecord | Space, where: StudyOptions["where"] = []): Space {
  if (!isSpace(space)) return defineSpace(space, { where });
  if (where.length === 0) return space;
  const more = constraintTexts(where as readonly (string | Predicate)[]);
  return buildSpace(space.parameters, { where: [...space.where, ...more], derived: space.derived ?? [] });
}

function isSpace(space: SpaceRecord | Space): space is Space {
  return "parameters" in space && Array.isArray(space.parameters);
}

function readComponent(option: ComponentOption): ComponentChoice {
  if (typeof option === "string") return { name: option, options: {} };
  const { name, ...options } = option;
  return { name, options };
}

function readMetrics(options: StudyOptions): readonly Metric[] {
  const given: Metric[] = [...(options.metrics ?? [])];
  if (options.minimize !== undefined) given.push({ name: options.minimize, direction: "minimize" });
  if (options.maximize !== undefined) given.push({ name: options.maximize, direction: "maximize" });
  if (given.length !== 1) {
    const count = given.length === 0 ? "No metric is" : `${given.length} metrics are`;
    throw new AttuneError("invalid-argument", `${count} given; name exactly one to minimize or to maximize.`);
  }
  for (const metric of given) {
    checkOptions(`The metric ${metric.name}`, metric, { name: OPTION.text, direction: OPTION.text });
    checkMetricName(metric.name);
  }
  return given;
}

function checkName(name: string): string {
  if (name === undefined) throw new AttuneError("invalid-argument", "The study has no name; give it one as name.");
  if (/^[^\s/\\][^/\\\n]{0,199}$/.test(name)) return name;
  const allowed = "1 to 200 characters, no slash, no line break, not beginning with a space";
  throw new AttuneError("invalid-argument", `"${name}" cannot name a study; allowed are ${allowed}.`);
}

/** In [0, 2^32): short enough to type again. */
function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

function checkSeed(seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new AttuneError("invalid-argument", `Seed ${seed} is not allowed; give a whole number from 0 to 2^53 - 1.`);
}
