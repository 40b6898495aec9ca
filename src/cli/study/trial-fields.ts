import { type TrialField as Field, trialFields as fieldsOf } from "../../analysis/field/trial-field.ts";
import { trialFilter } from "../../analysis/field/trial-filter.ts";
import { type OrderedTrial, TrialOrder } from "../../analysis/field/trial-order.ts";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatValue } from "../../analysis/words/format-value.ts";
import { AttuneError } from "../../errors.ts";
import { failureCause } from "../../record/failure-cause.ts";
import {
  didYouMean,
  formatParamValue,
  type JsonValue,
  type Parameter,
  type Space,
  type Spelled,
  spellValue,
  type Writing,
} from "../../space/index.ts";
import type { TrialQuery } from "../../storage/trial-page.ts";
import { writingOf } from "../../study/writing.ts";
import type { Metric } from "../../trial/metric.ts";
import type { StudySettings } from "../../trial/study-definition.ts";
import type { Trial } from "../../trial/trial.ts";
import { trialSeconds } from "../../trial/trial-seconds.ts";

/** What the fields of a study are made from. */
interface FieldSource {
  readonly metrics: readonly Metric[];
  readonly space: Space;
  readonly settings: Pick<StudySettings, "extra">;
  /** Names of the metrics that trials have values of. */
  readonly measured: Iterable<string>;
}

/** One thing to know of each trial: a column of tables and exports, a name in filters. */
export interface TrialField extends Field {
  readonly align: "left" | "right";
  /** True when every value is a whole number. */
  readonly integer: boolean;
  /** Of a parameter: a value of it as programs get it. */
  readonly spelled?: (value: JsonValue) => Spelled;
  /** Of a parameter: a value of it as a text that tells it from all others. */
  readonly written?: (value: JsonValue) => string;
  /** The value for people to read. */
  readonly text: (trial: Trial) => string;
}

/**
 * Every field of a study's trials, as filters and orders of a storage know them, with how it is shown; and of the parameters that programs
 * `asked` for.
 */
export function trialFields(
  { metrics, space, settings, measured }: FieldSource,
  asked: readonly Parameter[] = [],
): ReadonlyMap<string, TrialField> {
  const writing = writingOf(settings);
  const names = [...metrics.map(({ name }) => name), ...measured];
  const fields = fieldsOf({ metrics: names, space, asked });
  return new Map([...fields].map(([name, field]) => [name, shownField(field, writing)]));
}

function shownField(field: Field, writing: Writing): TrialField {
  const { kind, name, variable, value, parameter } = field;
  const text = TEXTS[kind === "field" ? name : ""] ?? ((trial) => shown(value(trial), plain));
  const isNumber = parameter === undefined ? variable.types.has("number") : parameter.type !== "categorical";
  const integer =
    parameter === undefined ? kind === "field" && isNumber && !FRACTIONS.has(name) : parameter.type === "int";
  return {
    ...field,
    align: isNumber ? "right" : "left",
    integer,
    text,
    ...(parameter !== undefined && {
      spelled: (known) => spellValue(parameter, known, writing),
      written: (known) => formatParamValue(parameter, known, writing),
    }),
  };
}

/** Fields of all studies that need be no whole numbers. */
const FRACTIONS = new Set(["time", "ran"]);

/** How fields that all studies have are shown, where that is not plainly. */
const TEXTS: Readonly<Record<string, TrialField["text"]>> = {
  time: (trial) => shown(trialSeconds(trial) ?? undefined, formatDuration),
  message: (trial) => cause(trial),
};

function plain(value: JsonValue): string {
  return typeof value === "string" ? value : formatValue(value);
}

function shown<T>(value: T | undefined, format: (value: T) => string): string {
  return value === undefined ? "" : format(value);
}

function cause(trial: Trial): string {
  if (trial.state !== "failed") return trial.message ?? "";
  return failureCause(trial.message ?? trial.outcome ?? "");
}

/** Which trials are wanted, and in which order. */
export interface TrialSelection {
  /** An expression over the fields: `lr < 1e-3 and state == 'failed'`. */
  readonly filter?: string | undefined;
  /** Names of fields, separated by commas; one with a `-` before it sorts from large to small. */
  readonly sort?: string | undefined;
}

type Fields = ReadonlyMap<string, TrialField>;

/**
 * The trials for which the filter is true (those that lack a value it needs are left out), sorted. Trials without a value of a
 * sort field come last. With `after` only those behind that one in the order.
 *
 * @throws AttuneError `invalid-argument` that says what in the filter or the order is wrong.
 */
export function selectTrials(
  trials: Iterable<Trial>,
  fields: Fields,
  selection: TrialSelection,
  after: Trial | null = null,
): readonly Trial[] {
  const { order = [] } = queryOf(selection, fields);
  const fits = selection.filter === undefined ? () => true : filterOf(selection.filter, fields);
  const by = new TrialOrder(order.map(({ field, descending = false }) => ({ field: fields.get(field)!, descending })));
  const from = after === null ? null : by.of(after);
  const rows: (OrderedTrial & { readonly trial: Trial })[] = [];
  for (const trial of trials) {
    if (!fits(trial)) continue;
    const row = { ...by.of(trial), trial };
    if (from === null || by.compare(from, row) < 0) rows.push(row);
  }
  return rows.sort((a, b) => by.compare(a, b)).map(({ trial }) => trial);
}

/** What a storage is asked for a selection; errors as of {@link selectTrials}. */
export function queryOf({ filter, sort }: TrialSelection, fields: Fields): Pick<TrialQuery, "where" | "order"> {
  if (filter !== undefined) filterOf(filter, fields);
  const order = sort?.split(",").map((word) => {
    const name = word.trim();
    const descending = name.startsWith("-") && !fields.has(name);
    return { field: findField(descending ? name.slice(1) : name, fields, "--sort").name, descending };
  });
  return { ...(filter !== undefined && { where: filter }), ...(order !== undefined && { order }) };
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
  try {
    return trialFilter(text, fields, "--filter");
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    const position = error.position === null ? {} : { position: error.position };
    throw new AttuneError("invalid-argument", error.message, { ...position, data: { text } });
  }
}

/** Columns that are shown where a trial has something to tell in them. */
const RARE = ["decision", "message", "note"];

/**
 * The columns shown when none are asked for: number, state, the study's metrics, time, the parameters that vary, and what was decided, cause of
 * failure and note, which `isTold` of some trial.
 */
export function defaultColumns(study: FieldSource, fields: ReadonlyMap<string, TrialField>): readonly TrialField[] {
  const metrics = study.metrics.map(({ name }) => fields.get(`values.${name}`) ?? fields.get(name)!);
  const fixed = new Set(study.space.parameters.filter(({ type }) => type === "fixed").map(({ name }) => name));
  const parameters = [...fields.values()].filter(
    ({ kind, name }) => kind === "parameter" && !fixed.has(name.replace(/^params\./, "")),
  );
  return [
    fields.get("trial")!,
    fields.get("state")!,
    ...metrics,
    fields.get("time")!,
    ...parameters,
    ...RARE.map((name) => fields.get(name)!),
  ];
}

/** Whether one of the columns shown when none are asked for has something to tell of any of these trials. */
export function isTold(field: TrialField, trials: readonly Trial[]): boolean {
  if (field.kind !== "field" || !RARE.includes(field.name)) return true;
  return trials.some((trial) => field.value(trial) !== undefined && !isDecided(field, trial));
}

/** True of a message that the decision says as well. */
function isDecided({ name }: TrialField, { message, decisions = [] }: Trial): boolean {
  return name === "message" && decisions.some(({ reason }) => reason === message);
}
