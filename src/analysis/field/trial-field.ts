import { isVisible, metricValue } from "../../objective/index.ts";
import { variableOf } from "../../space/expression/variable.ts";
import {
  declaredParameters,
  type JsonValue,
  type Parameter,
  type Space,
  type ValueType,
  type Variable,
} from "../../space/index.ts";
import { fidelityOf } from "../../trial/fidelity-of.ts";
import { OUTCOMES, type Trial } from "../../trial/trial.ts";
import { trialSeconds } from "../../trial/trial-seconds.ts";
import { TrialView } from "../../trial/trial-view.ts";
import { decisionWords } from "./decision-words.ts";
import { stepsRun } from "./steps-run.ts";

/** One thing to know of each trial: a name in filters and orders, a column of tables. */
export interface TrialField {
  readonly name: string;
  readonly kind: "field" | "parameter" | "metric";
  /** What a filter may compare it with. */
  readonly variable: Variable;
  /** The value; undefined where the trial has none (an inactive parameter, a metric never reported). Numbers may be non-finite. */
  readonly value: (trial: Trial) => JsonValue | undefined;
  /** Of a parameter. */
  readonly parameter?: Parameter;
}

/** What the fields of a study's trials are made from. */
export interface FieldSource {
  /** The study's own metrics, then the others its trials have values of. */
  readonly metrics: Iterable<string>;
  readonly space: Space;
  /** Parameters that programs asked for, beside those of the space. */
  readonly asked?: readonly Parameter[];
}

/** The attribute of a trial that holds its user's note, as JSON text. */
export const NOTE_KEY = "note";

const STATES = ["waiting", "running", "paused", "complete", "pruned", "failed", "invalid"];
const ORIGINS = ["sampler", "enqueued", "imported", "user", "scheduler"];

/** The fields every study has. */
const OWN: readonly TrialField[] = [
  field("trial", "number", (trial) => trial.number),
  field("state", STATES, (trial) => (isVisible(trial) ? trial.state : "invalid")),
  field("outcome", OUTCOMES, (trial) => trial.outcome ?? undefined),
  field("origin", ORIGINS, (trial) => trial.origin),
  field("configuration", "number", (trial) => trial.configuration),
  field("replicate", "number", (trial) => trial.replicate?.index),
  field("seed", "number", (trial) => trial.replicate?.seed),
  field("fold", "number", (trial) => trial.replicate?.fold ?? undefined),
  field("attempts", "number", (trial) => trial.segments.reduce((sum, { attempts }) => sum + attempts.length, 0)),
  field("steps", "number", (trial) => trial.reports.length),
  field("ran", "number", (trial) => stepsRun(trial) ?? undefined),
  field("time", "number", (trial) => secondsOf(trial) ?? undefined),
  field("started", "text", (trial) => isoTime(trial.startedAt)),
  field("finished", "text", (trial) => isoTime(trial.finishedAt)),
  field("message", "text", (trial) => trial.message ?? undefined),
  field("decision", "text", (trial) => newestDecision(trial)),
  field("note", "text", (trial) => noteOf(trial) ?? undefined),
  field("invalid", "boolean", (trial) => !isVisible(trial)),
];

/**
 * Every field of a study's trials by name: the ones all studies have, its metrics, its parameters and the fidelity that the newest run had. Of
 * equal names the first one counts; the others are reached as `values.NAME` and `params.NAME`.
 */
export function trialFields({ metrics, space, asked = [] }: FieldSource): ReadonlyMap<string, TrialField> {
  const fields = new Map<string, TrialField>(OWN.map((own) => [own.name, own]));
  const add = (name: string, prefix: string, made: (name: string) => TrialField): void => {
    if (!fields.has(name)) fields.set(name, made(name));
    else if (!fields.has(`${prefix}.${name}`)) fields.set(`${prefix}.${name}`, made(`${prefix}.${name}`));
  };
  for (const metric of new Set(metrics)) {
    const value = (trial: Trial): number | undefined =>
      Object.hasOwn(trial.values, metric) ? metricValue(trial, metric) : undefined;
    add(metric, "values", (name) => ({ ...field(name, "number", value), kind: "metric" }));
  }
  const { fidelity } = space;
  for (const parameter of [...declaredParameters(space), ...asked]) {
    const value = (trial: Trial): JsonValue | undefined => {
      if (parameter === fidelity) return trial.startedRevision === null ? undefined : fidelityOf(trial, fidelity);
      return Object.hasOwn(trial.params, parameter.name) ? trial.params[parameter.name] : undefined;
    };
    const variable = variableOf(parameter);
    add(parameter.name, "params", (name) => ({ name, kind: "parameter", variable, value, parameter }));
  }
  return fields;
}

/** The note on a trial, or null; one that is no text as JSON. */
export function noteOf(trial: Trial): string | null {
  const text = Object.hasOwn(trial.attributes, NOTE_KEY) ? trial.attributes[NOTE_KEY] : undefined;
  if (text === undefined) return null;
  const note: unknown = JSON.parse(text);
  return note === null || note === "" ? null : typeof note === "string" ? note : text;
}

function field(name: string, type: ValueType | readonly string[], value: TrialField["value"]): TrialField {
  const variable: Variable =
    typeof type === "string"
      ? { types: new Set([type]), values: null, ordered: false }
      : { types: new Set(["text"]), values: type, ordered: false };
  return { name, kind: "field", variable, value };
}

/** Of what was decided of the trial the newest that has a reason: that it merely begins is none. */
function newestDecision({ decisions = [] }: Trial): string | undefined {
  const newest = decisions.findLast(({ reason }) => reason !== "");
  return newest === undefined ? undefined : decisionWords(newest);
}

/** Of very many trials in columns without their attempts being made. */
function secondsOf(trial: Trial): number | null {
  return trial instanceof TrialView ? trial.seconds : trialSeconds(trial);
}

function isoTime(milliseconds: number | null): string | undefined {
  return milliseconds === null ? undefined : new Date(milliseconds).toISOString();
}
