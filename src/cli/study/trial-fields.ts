import { AttuneError } from "../../errors.ts";
import { isVisible, metricValue } from "../../objective/index.ts";
import { variableOf } from "../../space/expression/variable.ts";
import {
  compileText,
  declaredParameters,
  didYouMean,
  formatParamValue,
  type JsonValue,
  type Space,
  type Spelled,
  spellValue,
  type ValueType,
  type Variable,
} from "../../space/index.ts";
import { writingOf } from "../../study/writing.ts";
import { fidelityOf } from "../../trial/fidelity-of.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Metric } from "../../trial/metric.ts";
import type { StudySettings } from "../../trial/study-definition.ts";
import { OUTCOMES, type Trial } from "../../trial/trial.ts";
import { trialSeconds } from "../../trial/trial-seconds.ts";
import { failureCause, formatDuration, formatValue, stateWord } from "../render/words.ts";
import { noteOf } from "./study-record.ts";

/** What the fields of a study are made from. */
interface FieldSource {
  readonly metrics: readonly Metric[];
  readonly space: Space;
  readonly settings: Pick<StudySettings, "extra">;
  trials(): Iterable<Trial>;
}

const STATES = ["waiting", "running", "paused", "complete", "pruned", "failed", "invalid"];
const ORIGINS = ["sampler", "enqueued", "imported", "user"];

/** The fields every study has. */
const OWN: readonly TrialField[] = [
  field("trial", "number", (trial) => trial.number),
  field("state", STATES, stateWord),
  field("outcome", OUTCOMES, (trial) => trial.outcome ?? undefined),
  field("origin", ORIGINS, (trial) => trial.origin),
  field("configuration", "number", (trial) => trial.configuration),
  field("replicate", "number", (trial) => trial.replicate?.index),
  field("seed", "number", (trial) => trial.replicate?.seed),
  field("fold", "number", (trial) => trial.replicate?.fold ?? undefined),
  field("attempts", "number", (trial) => trial.segments.reduce((sum, { attempts }) => sum + attempts.length, 0)),
  field("steps", "number", (trial) => trial.reports.length),
  { ...field("time", "number", secondsOf), integer: false, text: (trial) => shown(secondsOf(trial), formatDuration) },
  field("started", "text", (trial) => isoTime(trial.startedAt)),
  field("finished", "text", (trial) => isoTime(trial.finishedAt)),
  { ...field("message", "text", (trial) => trial.message ?? undefined), text: (trial) => cause(trial) },
  field("note", "text", (trial) => noteOf(trial) ?? undefined),
  field("invalid", "boolean", (trial) => !isVisible(trial)),
];

/**
 * Every field of a study's trials: the ones all studies have, its metrics (also ones only reported beside), its parameters and
 * the fidelity that the newest run had.
 * Of equal names the first one counts; the others are reached as `values.NAME` and `params.NAME`.
 */
export function trialFields(study: FieldSource): ReadonlyMap<string, TrialField> {
  const fields = new Map<string, TrialField>(OWN.map((own) => [own.name, own]));
  const add = (name: string, prefix: string, made: (name: string) => TrialField): void => {
    if (!fields.has(name)) fields.set(name, made(name));
    else if (!fields.has(`${prefix}.${name}`)) fields.set(`${prefix}.${name}`, made(`${prefix}.${name}`));
  };
  for (const metric of metricNames(study)) {
    const value = (trial: Trial): number | undefined =>
      Object.hasOwn(trial.values, metric) ? metricValue(trial, metric) : undefined;
    add(metric, "values", (name) => ({ ...field(name, "number", value), kind: "metric", integer: false }));
  }
  const writing = writingOf(study.settings);
  const { fidelity } = study.space;
  for (const parameter of declaredParameters(study.space)) {
    const value = (trial: Trial): JsonValue | undefined => {
      if (parameter === fidelity) return trial.startedRevision === null ? undefined : fidelityOf(trial, fidelity);
      return Object.hasOwn(trial.params, parameter.name) ? trial.params[parameter.name] : undefined;
    };
    const align = parameter.type === "categorical" ? "left" : "right";
    add(parameter.name, "params", (name) => ({
      ...field(name, "number", value),
      kind: "parameter",
      align,
      integer: parameter.type === "int",
      variable: variableOf(parameter),
      spelled: (known) => spellValue(parameter, known, writing),
      written: (known) => formatParamValue(parameter, known, writing),
    }));
  }
  return fields;
}

/** The study's own metrics, then the others its trials have values of. */
function metricNames(study: FieldSource): readonly string[] {
  return [...new Set([...study.metrics.map(({ name }) => name), ...TrialList.of(study.trials()).metricNames])];
}

function field(
  name: string,
  type: ValueType | readonly string[],
  value: (trial: Trial) => JsonValue | undefined,
): TrialField {
  const variable: Variable =
    typeof type === "string"
      ? { types: new Set([type]), values: null, ordered: false }
      : { types: new Set(["text"]), values: type, ordered: false };
  const text = (trial: Trial): string => shown(value(trial), plain);
  const integer = type === "number";
  return { name, kind: "field", align: integer ? "right" : "left", integer, variable, value, text };
}

function plain(value: JsonValue): string {
  return typeof value === "string" ? value : formatValue(value);
}

function shown<T>(value: T | undefined, format: (value: T) => string): string {
  return value === undefined ? "" : format(value);
}

function secondsOf(trial: Trial): number | undefined {
  return trialSeconds(trial) ?? undefined;
}

function cause(trial: Trial): string {
  if (trial.state !== "failed") return trial.message ?? "";
  return failureCause(trial.message ?? trial.outcome ?? "");
}

function isoTime(milliseconds: number | null): string | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds).toISOString();
}

/** One thing to know of each trial: a column of tables and exports, a name in filters. */
export interface TrialField {
  readonly name: string;
  readonly kind: "field" | "parameter" | "metric";
  readonly align: "left" | "right";
  /** True when every value is a whole number. */
  readonly integer: boolean;
  /** What a filter may compare it with. */
  readonly variable: Variable;
  /** The value; undefined where the trial has none (an inactive parameter, a metric never reported). Numbers may be non-finite. */
  readonly value: (trial: Trial) => JsonValue | undefined;
  /** Of a parameter: a value of it as programs get it. */
  readonly spelled?: (value: JsonValue) => Spelled;
  /** Of a parameter: a value of it as a text that tells it from all others. */
  readonly written?: (value: JsonValue) => string;
  /** The value for people to read. */
  readonly text: (trial: Trial) => string;
}

/** Which trials are wanted, and in which order. */
export interface TrialSelection {
  /** An expression over the fields: `lr < 1e-3 and state == 'failed'`. */
  readonly filter?: string | undefined;
  /** Names of fields, separated by commas; one with a `-` before it sorts from large to small. */
  readonly sort?: string | undefined;
}

type Fields = ReadonlyMap<string, TrialField>;

/** Some of the trials that a selection means. */
interface TrialPage {
  readonly trials: readonly Trial[];
  /** True when others follow. */
  readonly more: boolean;
}

/**
 * The trials for which the filter is true (those that lack a value it needs are left out), sorted. Trials without a value of a
 * sort field come last.
 *
 * @throws AttuneError `invalid-argument` or `invalid-space` that says what in the filter or the order is wrong.
 */
export function selectTrials(trials: Iterable<Trial>, fields: Fields, selection: TrialSelection): readonly Trial[] {
  return pageOfTrials(trials, fields, selection, Number.POSITIVE_INFINITY).trials;
}

/** The first `limit` of them: however many there are, no more than these are kept. Errors as of {@link selectTrials}. */
export function pageOfTrials(
  trials: Iterable<Trial>,
  fields: Fields,
  { filter, sort }: TrialSelection,
  limit: number,
): TrialPage {
  const fits = filter === undefined ? () => true : filterOf(filter, fields);
  if (sort !== undefined) return firstInOrder(trials, fits, orderOf(sort, fields), limit);
  const found: Trial[] = [];
  for (const trial of trials) {
    if (!fits(trial)) continue;
    if (found.length === limit) return { trials: found, more: true };
    found.push(trial);
  }
  return { trials: found, more: false };
}

/** The field of that name, or AttuneError `invalid-argument` with the names there are. */
export function findField(name: string, fields: Fields, label: string): TrialField {
  const field = fields.get(name);
  if (field !== undefined) return field;
  const names = [...fields.keys()];
  const hint = didYouMean(name, names);
  throw new AttuneError(
    "invalid-argument",
    `${label}: there is no column "${name}".${hint} There are ${names.join(", ")}.`,
  );
}

function filterOf(text: string, fields: Fields): (trial: Trial) => boolean {
  const variables = new Map([...fields].map(([name, { variable }]) => [name, variable]));
  const { names, evaluate } = compileFilter(text, variables);
  const used = [...names].map((name) => fields.get(name)!);
  return (trial) => {
    const values: Record<string, JsonValue> = {};
    for (const { name, value } of used) {
      const known = value(trial);
      if (known !== undefined) values[name] = known;
    }
    return evaluate(values) === true;
  };
}

function compileFilter(text: string, variables: Parameters<typeof compileText>[1]["variables"]) {
  try {
    return compileText(text, { subject: "--filter", variables, want: "boolean" });
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    const position = error.position === null ? {} : { position: error.position };
    throw new AttuneError("invalid-argument", error.message, { ...position, data: { text } });
  }
}

interface SortKey {
  readonly field: TrialField;
  readonly sign: 1 | -1;
}

interface Row {
  readonly trial: Trial;
  readonly number: number;
  readonly values: readonly (JsonValue | undefined)[];
}

function orderOf(order: string, fields: Fields): readonly SortKey[] {
  return order.split(",").map((word) => {
    const name = word.trim();
    const descending = name.startsWith("-") && !fields.has(name);
    return { field: findField(descending ? name.slice(1) : name, fields, "--sort"), sign: descending ? -1 : 1 };
  });
}

/** Sorted whenever twice as many are at hand as are wanted. */
function firstInOrder(
  trials: Iterable<Trial>,
  fits: (trial: Trial) => boolean,
  keys: readonly SortKey[],
  limit: number,
): TrialPage {
  const before = (a: Row, b: Row): number => {
    for (const [place, { sign }] of keys.entries()) {
      const difference = compare(a.values[place], b.values[place], sign);
      if (difference !== 0) return difference;
    }
    return a.number - b.number;
  };
  const rows: Row[] = [];
  let last: Row | null = null;
  let count = 0;
  for (const trial of trials) {
    if (!fits(trial)) continue;
    count++;
    const row = { trial, number: trial.number, values: keys.map(({ field }) => field.value(trial)) };
    if (last !== null && before(last, row) < 0) continue;
    rows.push(row);
    if (rows.length < 2 * limit) continue;
    rows.sort(before);
    rows.length = limit;
    last = rows.at(-1) ?? null;
  }
  rows.sort(before);
  return { trials: rows.slice(0, limit).map(({ trial }) => trial), more: count > limit };
}

/** Numbers by size, all else by its letters; nothing and NaN last, whatever the direction. */
function compare(a: JsonValue | undefined, b: JsonValue | undefined, sign: number): number {
  const [none, other] = [isNothing(a), isNothing(b)];
  if (none || other) return Number(none) - Number(other);
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -sign : sign;
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : left < right ? -sign : sign;
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || Number.isNaN(value);
}

/**
 * The columns shown when none are asked for: number, state, the study's metrics, time, the parameters that vary, and cause of
 * failure and note where a trial has one.
 */
export function defaultColumns(
  study: FieldSource,
  fields: ReadonlyMap<string, TrialField>,
  trials: readonly Trial[],
): readonly TrialField[] {
  const metrics = study.metrics.map(({ name }) => fields.get(`values.${name}`) ?? fields.get(name)!);
  const fixed = new Set(study.space.parameters.filter(({ type }) => type === "fixed").map(({ name }) => name));
  const parameters = [...fields.values()].filter(
    ({ kind, name }) => kind === "parameter" && !fixed.has(name.replace(/^params\./, "")),
  );
  const told = ["message", "note"].map((name) => fields.get(name)!);
  return [
    fields.get("trial")!,
    fields.get("state")!,
    ...metrics,
    fields.get("time")!,
    ...parameters,
    ...told.filter((field) => trials.some((trial) => field.value(trial) !== undefined)),
  ];
}
