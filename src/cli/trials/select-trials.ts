import { AttuneError } from "../../errors.ts";
import { compileText, didYouMean, type JsonValue } from "../../space/index.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "./trial-field.ts";

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
 * sort field come last.
 *
 * @throws AttuneError `invalid-argument` or `invalid-space` that says what in the filter or the order is wrong.
 */
export function selectTrials(trials: readonly Trial[], fields: Fields, selection: TrialSelection): readonly Trial[] {
  const kept = selection.filter === undefined ? trials : trials.filter(filterOf(selection.filter, fields));
  return selection.sort === undefined ? kept : sorted(kept, selection.sort, fields);
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

function sorted(trials: readonly Trial[], order: string, fields: Fields): readonly Trial[] {
  const keys = order.split(",").map((word) => {
    const name = word.trim();
    const descending = name.startsWith("-") && !fields.has(name);
    return { field: findField(descending ? name.slice(1) : name, fields, "--sort"), sign: descending ? -1 : 1 };
  });
  const rows = trials.map((trial) => ({ trial, values: keys.map(({ field }) => field.value(trial)) }));
  rows.sort((a, b) => {
    for (const [place, { sign }] of keys.entries()) {
      const difference = compare(a.values[place], b.values[place], sign);
      if (difference !== 0) return difference;
    }
    return a.trial.number - b.trial.number;
  });
  return rows.map(({ trial }) => trial);
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
