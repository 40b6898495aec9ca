import { formatDuration } from "../../../../src/analysis/words/format-duration.ts";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { STATE_WORDS } from "../../words/state-words.ts";
import { valueWords } from "../../words/value-words.ts";

export type TrialRow = OperationOutput<"trials">["trials"][number];
type Study = OperationOutput<"study">;

/** A column of the table of trials. */
export interface Column {
  /** As filters and orders call it. */
  readonly name: string;
  readonly kind: "own" | "metric" | "parameter";
  readonly isNumber: boolean;
  /** The value itself, for a file; undefined where the trial has none. */
  readonly value: (row: TrialRow) => unknown;
  /** The same to read. */
  readonly text: (row: TrialRow) => string;
}

/** Every column of a study's trials. */
export function columnsOf(study: Study): readonly Column[] {
  const taken = new Set(OWN.map(({ name }) => name));
  const named = (name: string, prefix: string): string => {
    const own = taken.has(name) ? `${prefix}.${name}` : name;
    taken.add(own);
    return own;
  };
  const metrics = [...new Set([...study.metrics.map(({ name }) => name), ...study.measured])].map((metric) =>
    column(named(metric, "values"), "metric", ({ values }) =>
      Object.hasOwn(values, metric) ? values[metric] : undefined,
    ),
  );
  const parameters = parameterNames(study).map((parameter) =>
    column(named(parameter, "params"), "parameter", ({ params }) =>
      Object.hasOwn(params, parameter) ? params[parameter] : undefined,
    ),
  );
  const [number, state, ...others] = OWN;
  return [number!, state!, ...metrics, ...parameters, ...others];
}

/** What is shown unless it is said: as much as one looks at first. */
export function usualColumns(all: readonly Column[], study: Study): readonly Column[] {
  const metrics = new Set(study.metrics.map(({ name }) => name));
  return all.filter(
    ({ name, kind }) =>
      kind === "parameter" || ["trial", "state", "time"].includes(name) || (kind === "metric" && metrics.has(name)),
  );
}

/** Names of the parameters in a space of canonical form. */
export function parameterNames({ space }: Study): readonly string[] {
  const { parameters = [] } = space as { readonly parameters?: readonly { readonly name: string }[] };
  return parameters.map(({ name }) => name);
}

const OWN: readonly Column[] = [
  column("trial", "own", ({ number }) => number),
  {
    ...column("state", "own", ({ state, invalid }) => (invalid ? "invalid" : state)),
    text: ({ state, invalid }) => (invalid ? "marked invalid" : STATE_WORDS[state]),
  },
  {
    ...column("time", "own", ({ duration }) => duration ?? undefined),
    isNumber: true,
    text: ({ duration }) => (duration === null ? "" : formatDuration(duration)),
  },
  column("outcome", "own", ({ outcome }) => outcome ?? undefined),
  column("origin", "own", ({ origin }) => origin),
  column("attempts", "own", ({ attempts }) => attempts),
  column("configuration", "own", ({ configuration }) => configuration),
  column("started", "own", ({ startedAt }) => startedAt ?? undefined),
  column("finished", "own", ({ finishedAt }) => finishedAt ?? undefined),
  column("message", "own", ({ message }) => message ?? undefined),
  column("note", "own", ({ note }) => note ?? undefined),
];

function column(name: string, kind: Column["kind"], value: Column["value"]): Column {
  const isNumber = kind === "metric" || ["trial", "attempts", "configuration"].includes(name);
  const text = (row: TrialRow): string => {
    const own = value(row);
    if (own === undefined) return "";
    if (typeof own === "number" && kind !== "own") return formatNumber(own);
    return valueWords(own);
  };
  return { name, kind, isNumber, value, text };
}
