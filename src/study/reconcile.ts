import { AttuneError } from "../errors.ts";
import { goalText, withSaid } from "../objective/index.ts";
import { metricSettingsOf } from "../protocol/metric-settings.ts";
import { jsonEqual, narrowings, type Params, spaceFromJson, spaceToJson } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { StudyCommand } from "../trial/command.ts";
import type { Metric } from "../trial/metric.ts";
import { metricsInForce, type SaidOfObjectives } from "../trial/metrics-in-force.ts";
import type { ComponentChoice, StudyDefinition, StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import { planObjectives, requireAble, saidOf, withObjectives } from "./edit-objectives.ts";
import { foldsOf } from "./folds-of.ts";
import { hasValues } from "./has-values.ts";
import { requireLimitParameters } from "./limit-parameters.ts";
import { listTrials } from "./list-trials.ts";
import { planSpaceChange, type SpaceChangePlan } from "./plan-space-change.ts";
import { requireGrows } from "./require-grows.ts";
import { requireUnits } from "./require-units.ts";
import { saidNews } from "./said-news.ts";
import { isSameProgram } from "./same-program.ts";
import { stoppedByLimits } from "./stopped-by-limits.ts";
import { ownWriting, withWriting } from "./writing.ts";

/** What an existing study must change to be the one asked for, and what to tell the user about it. */
export interface Reconciliation {
  readonly commands: readonly StudyCommand[];
  readonly notices: readonly string[];
}

/** What the user said besides the definition. */
export interface GivenParts {
  /** Parts of a definition that were named, the others being defaults. */
  readonly seed: boolean;
  readonly sampler: boolean;
  readonly scheduler: boolean;
  readonly extra: boolean;
  readonly limits: boolean;
  readonly grows: boolean;
  readonly goals: boolean;
  readonly references: boolean;
  readonly units: boolean;
  /** What trials count as that lack a parameter. */
  readonly was?: Params | undefined;
  /** Where the study is kept, for the command that is proposed. */
  readonly location: string;
}

/**
 * Compares an existing study with what is asked for now. A wider space (new parameters too, where it is said what old
 * trials count as), another sampler, other limits, goals, what grows or notes, and more objectives where nothing is lost are taken over; another metric, seed or program, or any other space, is
 * refused.
 *
 * What was never right may be mended: while no trial has a value, any space and any command is taken over.
 *
 * @param given - what was left out stays as it is.
 * @throws AttuneError `study-changed`, listing what differs and what to do.
 */
export function reconcile(state: StudyState, wanted: StudyDefinition, given: GivenParts): Reconciliation {
  const { definition, settings } = state;
  const gained = gainedObjectives(state, wanted.metrics);
  const asked = wantedSettings(state, wanted, given, gained);
  const refused: string[] = [];
  const notices: string[] = [];
  const commands: StudyCommand[] = [];
  refused.push(...gained.refused);
  if (given.seed && definition.seed !== wanted.seed) refused.push(`its seed is ${definition.seed}, not ${wanted.seed}`);
  if (!isSameProgram(settings.command, asked.command)) {
    if (hasValues(state.scan())) refused.push("its program or arguments are others");
    else notices.push("The program or its arguments changed; no trial had a value yet.");
  }
  if (!jsonEqual(readAs(settings), readAs(asked)) && hasValues(state.scan())) {
    refused.push("its metric is read in another way");
  }
  if (foldsOf(settings) !== foldsOf(asked) && hasValues(state.scan())) {
    refused.push(`its trials start their program ${times(foldsOf(settings))}, not ${times(foldsOf(asked))}`);
  }
  if (refused.length > 0) throw changed(definition.name, refused);
  const [before, after] = [spaceFromJson(state.space), ownWriting(state, spaceFromJson(wanted.space))];
  const plan = planSpaceChange(state, after, { was: given.was });
  const free = !hasValues(state.scan());
  const narrower = free ? [] : narrowings(before, after);
  if (narrower.length > 0 || plan.losses.length > 0 || plan.unanswered.length > 0) {
    throw narrowed(definition.name, plan, narrower, given.location);
  }
  if (plan.notices.length > 0) {
    commands.push(respaceCommand(state, spaceToJson(after), plan));
    const [what, so] = free ? ["changed", withoutValues(state, plan)] : ["widened", "Old trials are kept."];
    notices.push(`The space was ${what}: ${plan.notices.join(" ")} ${so}`);
  }
  requireLimitParameters(asked.limits, after);
  if (!jsonEqual(settings, asked)) {
    requireAble(asked, gained.metrics, after);
    if (given.grows) requireGrows(asked, gained.metrics);
    const metrics = withSaid(metricsInForce(gained.metrics, asked), {});
    if (given.units) requireUnits(state, metrics);
    commands.push({ type: "configure", settings: asked, expectedVersion: state.settingsVersion });
    notices.push(...gained.changes);
    if (!jsonEqual(settings.limits, asked.limits)) {
      notices.push(limitNews(settings.limits ?? [], asked.limits ?? []), ...stoppedByLimits(state, asked.limits ?? []));
    }
    if (hasOtherGoals(state, wanted, given)) notices.push(goalNews(state.metrics, wanted.metrics));
    notices.push(...saidNews(state.metrics, metrics));
    if (!jsonEqual(settings.sampler, asked.sampler)) notices.push(samplerNews(settings.sampler, asked.sampler));
  }
  return { commands, notices };
}

/** What becomes of trials that were made before any had a value. */
function withoutValues(state: StudyState, { leftOut }: SpaceChangePlan): string {
  if (state.nextNumber === 0) return "No trial was made yet.";
  const said = "No trial had a value yet; those made so far stay in the record and in the budget";
  if (leftOut.length === 0) return `${said}.`;
  return `${said}, and samplers learn nothing of ${listTrials(leftOut)}, outside the new space.`;
}

/** The command that makes a planned change. */
export function respaceCommand(
  state: StudyState,
  space: StudyDefinition["space"],
  { notices, carry }: SpaceChangePlan,
): Extract<StudyCommand, { readonly type: "respace" }> {
  const says = Object.keys(carry.was).length > 0 || Object.keys(carry.renamed).length > 0;
  const note = notices.join(" ");
  return { type: "respace", space, note, expectedVersion: state.spaceVersion, ...(says && { carry }) };
}

function samplerNews(before: ComponentChoice, { name, options }: ComponentChoice): string {
  if (before.name !== name) return `The sampler changes from ${before.name} to ${name}.`;
  const which = Object.keys(options).length === 0 ? "its usual options" : `other options: ${JSON.stringify(options)}`;
  return `Sampler ${name} goes on with ${which}.`;
}

function wantedSettings(
  state: StudyState,
  wanted: StudyDefinition,
  given: GivenParts,
  { metrics, changes }: GainedObjectives,
): StudySettings {
  const { settings } = state;
  const { limits: wantedLimits, grows: wantedGrows, ...others } = wanted.settings;
  const extra = given.extra ? others.extra : settings.extra;
  const limits = given.limits ? wantedLimits : settings.limits;
  const grows = given.grows ? wantedGrows : settings.grows;
  const settingsThen: StudySettings = {
    ...others,
    ...(limits !== undefined && { limits }),
    ...(grows !== undefined && { grows }),
    ...saidThen(state, wanted.metrics, given),
    ...(settings.objectives !== undefined && { objectives: settings.objectives }),
    sampler: given.sampler ? others.sampler : settings.sampler,
    scheduler: given.scheduler ? others.scheduler : settings.scheduler,
    extra: withWriting(extra, settings.extra, hasValues(state.scan())),
  };
  return changes.length === 0 ? settingsThen : withObjectives(state.metrics, settingsThen, metrics);
}

/** Goals, references and units where settings say them: those there were, or those given now where these are others. */
function saidThen({ metrics, settings }: StudyState, wanted: readonly Metric[], given: GivenParts): SaidOfObjectives {
  const [before, after] = [saidOf(metrics), saidOf(wanted)];
  const then = <K extends keyof SaidOfObjectives>(key: K): Pick<SaidOfObjectives, K> => {
    const said = given[key] && !jsonEqual(sorted(before[key]), sorted(after[key])) ? after[key] : settings[key];
    return (said === undefined ? {} : { [key]: said }) as Pick<SaidOfObjectives, K>;
  };
  return { ...then("goals"), ...then("references"), ...then("units") };
}

function sorted(said: Readonly<Record<string, JsonValue>>): JsonValue {
  return Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What decides a trial's value from what its program reports. */
function readAs({ extra }: StudySettings): JsonValue {
  const { keep: _keep, http: _http, ...rest } = metricSettingsOf(extra.metrics);
  return { ...rest } as JsonValue;
}

function times(folds: number | null): string {
  return folds === null ? "once" : `${folds} times, once a fold`;
}

function changed(name: string, reasons: readonly string[]): AttuneError {
  return new AttuneError(
    "study-changed",
    `Study "${name}" exists and differs from what is asked for: ${reasons.join("; ")}. ` +
      "A study may only be continued as it was, or with a wider space. " +
      "Start another under a name of its own, go back to what it was, or delete it.",
    { data: { reasons, study: name } },
  );
}

/** The refusal of a space that is more than wider, with what changes it all the same. */
function narrowed(name: string, plan: SpaceChangePlan, narrower: readonly string[], location: string): AttuneError {
  const missing = plan.unanswered.map(
    (parameter) =>
      `Trials so far lack ${parameter}: say which value they count as (the one the program used until now).`,
  );
  const kept = [...plan.losses, ...missing].length === 0;
  const reasons = kept
    ? [`It is not only wider (${narrower.join("; ")}), though every trial so far can be kept.`]
    : [...plan.losses, ...missing];
  const said =
    plan.unanswered.length > 0 ? `, and say what trials so far count as (was: { ${plan.unanswered[0]}: VALUE })` : "";
  return new AttuneError(
    "study-changed",
    `Study "${name}" exists with another space. What would change: ${plan.notices.join(" ")} ${reasons.join(" ")}\n` +
      `To have it so, open the study and edit its space (study.editSpace)${said}.\n` +
      "Otherwise go back to what it was, or start another under a name of its own.",
    { data: { reasons, study: name, edit: { study: name, storage: location, plan } } },
  );
}

/** The objectives from now on: those there were, and new ones of which every trial so far has a value. */
interface GainedObjectives {
  readonly metrics: readonly Metric[];
  readonly changes: readonly string[];
  /** Why the study cannot have those that are wanted. */
  readonly refused: readonly string[];
}

/** The objectives may be named in another order, and more of them than before. */
function gainedObjectives(state: StudyState, wanted: readonly Metric[]): GainedObjectives {
  const { metrics } = state;
  const isThere = ({ name, direction }: Metric, list: readonly Metric[]): boolean =>
    list.some((one) => one.name === name && one.direction === direction);
  const way = "study.editObjectives changes that where it can be";
  if (!metrics.every((metric) => isThere(metric, wanted))) {
    const refused = [`it tunes ${metricText(metrics)}, not ${metricText(wanted)} (${way})`];
    return { metrics, changes: [], refused };
  }
  const { changes, losses, ...plan } = planObjectives(state, [
    ...metrics,
    ...wanted.filter((metric) => !isThere(metric, metrics)),
  ]);
  if (losses.length === 0) return { metrics: plan.metrics, changes, refused: [] };
  return { metrics, changes: [], refused: [`${changes.join(" ")} ${losses.join(" ")} (${way})`] };
}

/** Goals that are left out stay as they are. */
function hasOtherGoals({ metrics }: StudyState, wanted: StudyDefinition, given: GivenParts): boolean {
  return given.goals && goalWords(metrics) !== goalWords(wanted.metrics);
}

function goalWords(metrics: readonly Metric[]): string {
  const texts = metrics.map(goalText).filter((text) => text !== null);
  return texts.sort().join(", ");
}

function goalNews(before: readonly Metric[], after: readonly Metric[]): string {
  const [was, is] = [goalWords(before), goalWords(after)];
  if (is === "") return `The goals are taken away: ${was}.`;
  return was === "" ? `Goals from now on: ${is}.` : `The goals change from ${was} to ${is}.`;
}

function limitNews(before: readonly string[], after: readonly string[]): string {
  const words = (limits: readonly string[]): string => limits.map((limit) => JSON.stringify(limit)).join(", ");
  if (after.length === 0) return `The limits are taken away: ${words(before)}.`;
  const so = "for the trials so far as well";
  return before.length === 0
    ? `Limits from now on, ${so}: ${words(after)}.`
    : `The limits change from ${words(before)} to ${words(after)}, ${so}.`;
}

function metricText(metrics: readonly Metric[]): string {
  return metrics.map(({ name, direction }) => `${direction} ${name}`).join(", ");
}
