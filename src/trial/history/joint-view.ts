import { isParameterValue, type Parameter } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import { configurationAt, paramsAt, type SegmentEnd, type TrialRecord } from "../evolve/trial-record.ts";
import type { HistoryView } from "../history-view.ts";
import { ColumnStore } from "./column-store.ts";
import { ViewAt } from "./view-at.ts";

export interface JointViewParts {
  /** All that is to be seen. */
  readonly whole: HistoryView;
  readonly metrics: readonly string[];
  readonly recordOf: (trial: number) => TrialRecord;
  readonly parameter: Parameter;
  /** Parameters beside which it is to be seen. */
  readonly given: readonly Parameter[];
  /** The trial that looks; it does not see itself. */
  readonly viewer: number;
}

/** Trials in the space of a few parameters of which each has all. */
export interface JointView {
  readonly view: HistoryView;
  /** Those of `given` that could be kept, then the parameter. */
  readonly parameters: readonly Parameter[];
}

interface Row {
  readonly record: TrialRecord;
  readonly end: SegmentEnd;
  readonly params: Params;
}

/**
 * The trials that have a value of the parameter, with as many of the given ones as leave at least half of these trials: those first
 * that the most trials have, names in order. Values are what the trials had, whatever became of the declared space since: a replay
 * must see the same.
 */
export function jointView({ whole, metrics, recordOf, parameter, given, viewer }: JointViewParts): JointView {
  const all = [...whole.rows]
    .flatMap((at) => rowAt(whole, at, recordOf))
    .filter(({ params }) => has(params, parameter));
  const kept = shared(all, given);
  const parameters = [...kept, parameter];
  const store = new ColumnStore(metrics);
  store.respace(parameters, () => ({ params: {}, within: true }));
  for (const { record, end, params } of all) {
    const configuration = configurationAt(record, end);
    const { number, replicate } = record;
    if (hasAll(params, kept)) store.add({ number, configuration, replicate, params, within: true }, end);
  }
  const pending = whole.pending.flatMap(({ number }) => {
    const record = recordOf(number);
    const params = { ...record.offered, ...paramsAt(record, whole.revision) };
    return number !== viewer && hasAll(params, parameters) ? [{ number, params }] : [];
  });
  const view = new ViewAt({
    revision: whole.revision,
    columns: store.columns,
    outside: null,
    makePending: () => pending,
    makePaused: () => whole.paused,
    makeRows: () => Int32Array.from({ length: store.length }, (_none, row) => row),
    recordOf,
    leftOut: false,
    // Which parameters are kept may be others in the next.
    history: null,
  });
  return { view, parameters };
}

function rowAt({ columns }: HistoryView, at: number, recordOf: JointViewParts["recordOf"]): readonly Row[] {
  const record = recordOf(columns.trial[at]!);
  const end = record.ends.find(({ revision }) => revision === columns.revision[at]);
  return end === undefined ? [] : [{ record, end, params: paramsAt(record, end.revision) }];
}

function shared(rows: readonly Row[], given: readonly Parameter[]): readonly Parameter[] {
  const counts = new Map(given.map((one) => [one, rows.filter(({ params }) => has(params, one)).length]));
  const byName = (a: Parameter, b: Parameter): number => (a.name < b.name ? -1 : 1);
  const order = [...given].sort((a, b) => counts.get(b)! - counts.get(a)! || byName(a, b));
  const kept: Parameter[] = [];
  let left = rows;
  for (const one of order) {
    const narrowed = left.filter(({ params }) => has(params, one));
    if (2 * narrowed.length < rows.length) continue;
    kept.push(one);
    left = narrowed;
  }
  return kept.sort(byName);
}

function has(params: Params, parameter: Parameter): boolean {
  const { name } = parameter;
  return Object.hasOwn(params, name) && isParameterValue(parameter, params[name]!);
}

function hasAll(params: Params, parameters: readonly Parameter[]): boolean {
  return parameters.every((parameter) => has(params, parameter));
}
