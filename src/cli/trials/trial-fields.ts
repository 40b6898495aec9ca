import { isVisible, metricValue } from "../../objective/index.ts";
import { variableOf } from "../../space/expression/variable.ts";
import {
  formatParamValue,
  type JsonValue,
  type Space,
  spellValue,
  type ValueType,
  type Variable,
} from "../../space/index.ts";
import { writingOf } from "../../study/writing.ts";
import type { Metric } from "../../trial/metric.ts";
import type { StudySettings } from "../../trial/study-definition.ts";
import { OUTCOMES, type Trial } from "../../trial/trial.ts";
import { trialSeconds } from "../../trial/trial-seconds.ts";
import { failureCause } from "../render/failure-cause.ts";
import { formatDuration } from "../render/format-duration.ts";
import { formatValue } from "../render/format-value.ts";
import { stateWord } from "../render/state-word.ts";
import type { TrialField } from "./trial-field.ts";
import { noteOf } from "./trial-note.ts";

/** What the fields of a study are made from. */
export interface FieldSource {
  readonly metrics: readonly Metric[];
  readonly space: Space;
  readonly settings: Pick<StudySettings, "extra">;
  trials(): readonly Trial[];
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
 * Every field of a study's trials: the ones all studies have, its metrics (also ones only reported beside), its parameters.
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
  for (const parameter of study.space.parameters) {
    const value = (trial: Trial): JsonValue | undefined =>
      Object.hasOwn(trial.params, parameter.name) ? trial.params[parameter.name] : undefined;
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
export function metricNames(study: FieldSource): readonly string[] {
  const names = new Set(study.metrics.map(({ name }) => name));
  for (const trial of study.trials()) for (const name of Object.keys(trial.values)) names.add(name);
  return [...names];
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
