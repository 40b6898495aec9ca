import { AttuneError } from "../errors.ts";
import { checkLimit, withGoals, withSaid } from "../objective/index.ts";
import { createSampler, DEFAULT_SAMPLER, requireSamplerFor } from "../sampler/registry.ts";
import { createScheduler, requireSchedulerFor } from "../scheduler/registry.ts";
import { checkOptions, OPTION } from "../space/check-options.ts";
import { namesIn } from "../space/expression/expression.ts";
import { constraintTexts, type Predicate } from "../space/expression/opaque-predicate.ts";
import { parseExpression } from "../space/expression/parse-expression.ts";
import {
  buildSpace,
  declaredParameters,
  defineSpace,
  type Space,
  type SpaceRecord,
  spaceToJson,
} from "../space/index.ts";
import { checkMetricName } from "../trial/check-metric-name.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice, StudyDefinition } from "../trial/study-definition.ts";
import type { ComponentOption, StudyOptions } from "./study-options.ts";
import { thinkingSeconds } from "./thinking-seconds.ts";
import { NEWEST_WRITING } from "./writing.ts";

const METRIC_KINDS = {
  name: OPTION.text,
  direction: OPTION.text,
  goal: OPTION.number,
  reference: OPTION.number,
  unit: OPTION.text,
};

/**
 * Checks options and writes them in the form the log keeps.
 *
 * @throws AttuneError `invalid-argument` or `invalid-space`.
 */
export function defineStudy(options: StudyOptions): StudyDefinition {
  const metrics = readMetrics(options);
  const declared = options.space ?? {};
  refuseResults(
    options.where,
    metrics,
    isSpace(declared) ? declaredParameters(declared).map(({ name }) => name) : Object.keys(declared),
  );
  const space = toSpace(declared, options.where);
  const limits = (options.limits ?? []).map((text) => checkLimit(text, space, metrics));
  const grows = [...new Set(options.grows ?? [])];
  for (const name of grows) checkMetricName(name);
  const sampler = readComponent(options.sampler ?? DEFAULT_SAMPLER);
  const scheduler = readComponent(options.scheduler ?? "none");
  // Made once here so that a wrong name or option is told before anything is written.
  const made = createSampler(sampler, space);
  if (made.declaredOnly === true && space.parameters.length === 0) throw nothingDeclared(made.name);
  thinkingSeconds(sampler);
  createScheduler(scheduler, metrics, space.fidelity ?? null, { space, seed: 0, limits, grows });
  requireSamplerFor(sampler.name, metrics, limits);
  requireSchedulerFor(scheduler.name, metrics, limits);
  return {
    name: checkName(options.name),
    metrics,
    space: spaceToJson(space),
    settings: {
      sampler,
      scheduler,
      command: options.command ?? null,
      extra: { ...options.extra, writing: NEWEST_WRITING },
      ...(limits.length > 0 && { limits }),
      ...(grows.length > 0 && { grows }),
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
  return buildSpace(declaredParameters(space), { where: [...space.where, ...more], derived: space.derived ?? [] });
}

function isSpace(space: SpaceRecord | Space): space is Space {
  return "parameters" in space && Array.isArray(space.parameters);
}

function readComponent(option: ComponentOption): ComponentChoice {
  if (typeof option === "string") return { name: option, options: {} };
  const { name, ...options } = option;
  return { name, options };
}

/** The objectives that options name, with their goals, references and units. */
export function readMetrics(
  options: Pick<StudyOptions, "minimize" | "maximize" | "metrics" | "goals" | "references" | "units">,
): readonly Metric[] {
  const given: Metric[] = [];
  for (const key of Object.keys(options)) {
    if (key === "metrics") given.push(...(options.metrics ?? []));
    if (key !== "minimize" && key !== "maximize") continue;
    for (const name of [options[key] ?? []].flat()) given.push({ name, direction: key });
  }
  if (given.length === 0)
    throw new AttuneError("invalid-argument", "No metric is given; name at least one to minimize or to maximize.");
  for (const [place, metric] of given.entries()) {
    checkOptions(`The metric ${metric.name}`, metric, METRIC_KINDS);
    checkMetricName(metric.name);
    if (given.findIndex(({ name }) => name === metric.name) < place)
      throw new AttuneError("invalid-argument", `${metric.name} is given twice; name each objective once.`);
  }
  return withSaid(withGoals(given, options.goals ?? []), options);
}

/** A constraint that names a result would be refused as one that names nothing. */
function refuseResults(where: StudyOptions["where"], metrics: readonly Metric[], parameters: readonly string[]): void {
  for (const text of where ?? []) {
    if (typeof text !== "string") continue;
    const names = namesIn(parseExpression({ text, subject: "The constraint", position: null }));
    const result = metrics.find(({ name }) => names.has(name) && !parameters.includes(name));
    if (result === undefined) continue;
    const message = `The constraint ${JSON.stringify(text)}: ${result.name} is a result, and a constraint looks at parameters alone; give it as limits.`;
    throw new AttuneError("invalid-space", message, { data: { constraint: text } });
  }
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
