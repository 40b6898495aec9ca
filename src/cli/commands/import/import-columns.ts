import { AttuneError } from "../../../errors.ts";
import { compileLimits } from "../../../objective/index.ts";
import {
  didYouMean,
  type FidelityParameter,
  type Parameter,
  parseParamValue,
  type Space,
} from "../../../space/index.ts";
import type { JsonValue } from "../../../space/json.ts";
import { readParamValue } from "../../../space/parse-param-value.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { TrialState } from "../../../trial/trial.ts";
import type { PlacedCell } from "../../csv.ts";

/** What a column of the file is for. */
export type ColumnUse =
  | { readonly kind: "parameter"; readonly parameter: Parameter }
  | { readonly kind: "fidelity"; readonly fidelity: FidelityParameter }
  | { readonly kind: "metric"; readonly name: string }
  | { readonly kind: "state" | "note" | "started" | "finished" | "skip" };

/** The study's parts that columns are matched with. */
export interface ImportTarget {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  /** Canonical texts; what they look at is taken in where the file has it. */
  readonly limits?: readonly string[];
}

/** Columns of an export that an import makes anew. */
const EXPORTED =
  "trial number outcome origin configuration replicate seed fold attempts steps ran time message decision invalid".split(
    " ",
  );
const USED = ["state", "note", "started", "finished"] as const;
/** What Optuna's table of trials heads so. */
const FOREIGN: Readonly<Record<string, (typeof USED)[number]>> = {
  datetime_start: "started",
  datetime_complete: "finished",
};
/** What Optuna and pandas write besides. */
const FOREIGN_REST = /^(?:Unnamed: \d+|number|duration|(?:user|system)_attrs_.+)?$/;

/**
 * What each column is for, by its heading: a parameter, a metric, the state. Headings that an export writes besides are left out,
 * others are answered as `unknown`.
 *
 * @throws AttuneError `invalid-file` when a column is there twice, or a parameter or metric has none.
 */
export function importColumns(
  headings: readonly PlacedCell[],
  target: ImportTarget,
  file: string,
): { readonly uses: readonly ColumnUse[]; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const seen = new Map<string, PlacedCell>();
  const names = new Set(headings.map(({ text }) => text));
  const uses = headings.map((heading): ColumnUse => {
    const use = useOf(heading.text, names, target);
    const key = use === null ? heading.text : keyOf(use);
    if (key !== "skip" && seen.has(key)) throw wrong(heading, file, `The column ${heading.text} is there twice.`);
    seen.set(key, heading);
    if (use !== null) return use;
    unknown.push(heading.text);
    return { kind: "skip" };
  });
  const missing = missingColumns(seen, target);
  if (missing.length > 0) {
    const hint = didYouMean(missing[0]!, unknown);
    const message = `There is no column for ${missing.join(", ")}.${hint} The columns are ${headings.map(({ text }) => text).join(", ")}.`;
    throw wrong(headings[0], file, message);
  }
  return { uses, unknown };
}

/** An export heads a parameter called `time` as `params.time`; where there is no such heading, `time` is the parameter. */
function useOf(
  heading: string,
  names: ReadonlySet<string>,
  { space, metrics, limits }: ImportTarget,
): ColumnUse | null {
  const [, prefix, rest] = /^(params|values)[._](.+)$/.exec(heading) ?? [];
  const isMetric = ({ name }: Metric): boolean => name === heading && !names.has(`values.${heading}`);
  const named = metrics.find(isMetric)?.name ?? limitedMetric(heading, limits, space);
  const metric = (prefix === "values" ? rest : named) ?? onlyValue(heading, names, metrics);
  const parameter = space.parameters.find(
    ({ name }) => (name === heading && !names.has(`params.${name}`)) || (prefix === "params" && name === rest),
  );
  const used = USED.find((name) => name === heading) ?? FOREIGN[heading];
  if (used !== undefined && metric === undefined && parameter === undefined) return { kind: used };
  if (metric !== undefined) return { kind: "metric", name: metric };
  if (parameter !== undefined) return { kind: "parameter", parameter };
  const { fidelity } = space;
  if (fidelity !== undefined && (heading === fidelity.name || (prefix === "params" && rest === fidelity.name)))
    return { kind: "fidelity", fidelity };
  return EXPORTED.includes(heading) || FOREIGN_REST.test(heading) ? { kind: "skip" } : null;
}

/** What a limit looks at besides the objectives, and no parameter is called. */
function limitedMetric(heading: string, limits: ImportTarget["limits"], { parameters }: Space): string | undefined {
  const names = compileLimits(limits).flatMap(({ metrics }) => metrics);
  return parameters.some(({ name }) => name === heading) ? undefined : names.find((name) => name === heading);
}

/** Optuna's `value`, of a study with one metric. */
function onlyValue(heading: string, names: ReadonlySet<string>, metrics: readonly Metric[]): string | undefined {
  const [metric] = metrics;
  const named = metric === undefined || names.has(metric.name) || names.has(`values.${metric.name}`);
  return heading === "value" && !named && metrics.length === 1 ? metric.name : undefined;
}

function keyOf(use: ColumnUse): string {
  if (use.kind === "parameter") return `params.${use.parameter.name}`;
  return use.kind === "metric" ? `values.${use.name}` : use.kind;
}

/** Parameters that are always active, and metrics, without a column. */
function missingColumns(seen: ReadonlyMap<string, PlacedCell>, { space, metrics }: ImportTarget): readonly string[] {
  const needed = space.parameters.filter(({ type, when }) => type !== "fixed" && when.length === 0);
  return [
    ...needed.filter(({ name }) => !seen.has(`params.${name}`)).map(({ name }) => name),
    ...metrics.filter(({ name }) => !seen.has(`values.${name}`)).map(({ name }) => name),
  ];
}

function wrong(cell: PlacedCell | undefined, file: string, message: string): AttuneError {
  const position = { file, line: cell?.line ?? 1, column: cell?.column ?? 1 };
  return new AttuneError("invalid-file", message, { position });
}

/** How Optuna, Ax, Ray Tune and people name a trial's state, besides the names here; in small letters. */
const STATES: Readonly<Record<string, TrialState | "invalid">> = {
  complete: "complete",
  completed: "complete",
  pruned: "pruned",
  early_stopped: "pruned",
  fail: "failed",
  failed: "failed",
  error: "failed",
  running: "running",
  waiting: "waiting",
  pending: "waiting",
  paused: "paused",
  invalid: "invalid",
};

/** Words of Python, pandas and R for JSON's. */
const WORDS: Readonly<Record<string, string>> = {
  True: "true",
  TRUE: "true",
  False: "false",
  FALSE: "false",
  None: "null",
};

/** A trial's state from any of its spellings (`COMPLETE`, `TrialState.FAIL`), or null. */
export function readStateWord(text: string): TrialState | "invalid" | null {
  const word = text.replace(/^TrialState\./, "").toLowerCase();
  return Object.hasOwn(STATES, word) ? STATES[word]! : null;
}

/**
 * A parameter's value as the text says it, else as Python, pandas or R write it: `True` for true, `None` for null, `1` and `0` for a
 * boolean.
 *
 * @throws AttuneError `invalid-params` that says what is allowed.
 */
export function readForeignValue(parameter: Parameter, text: string): JsonValue {
  const value = readParamValue(parameter, text);
  if (value !== undefined) return value;
  const word = WORDS[text.trim()] ?? (parameter.type === "boolean" ? numberWord(text) : undefined);
  const foreign = word === undefined ? undefined : readParamValue(parameter, word);
  return foreign === undefined ? parseParamValue(parameter, text) : foreign;
}

/** pandas makes numbers of booleans where some are missing. */
function numberWord(text: string): string | undefined {
  const [, digit] = /^\s*([01])(?:\.0+)?\s*$/.exec(text) ?? [];
  return digit === undefined ? undefined : digit === "1" ? "true" : "false";
}
