import { compileLimits, type Limit, type LimitedResult } from "../objective/limit.ts";
import { LimitScale } from "../objective/limit-scale.ts";
import type { Excesses } from "../objective/limit-standing.ts";
import { decodeValue } from "../space/encode-value.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { Parameter } from "../space/parameter.ts";
import type { Space } from "../space/space.ts";
import { RowReader } from "../trial/history/row-reader.ts";
import { type HistoryColumns, type HistoryView, STATE_CODES } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import { knownReferences } from "./known-references.ts";
import { goalsToReach, meetsAll } from "./reach-goals.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Of rows that tell what a trial had before its end. */
const CUT_SHORT: readonly number[] = (["pruned", "paused", "running"] as const).map((state) =>
  STATE_CODES.indexOf(state),
);
/** Of rows that only trials have which are promoted from rung to rung. */
const AT_RUNGS: readonly number[] = (["paused", "running"] as const).map((state) => STATE_CODES.indexOf(state));

/** What the last row of a trial says by several objectives and limits. */
export interface TrialResult {
  readonly trial: number;
  readonly row: number;
  /** `worthless`: failed, or ended without a finite value of one of the objectives. */
  readonly kind: "complete" | "cut-short" | "worthless";
  /** True where it passed a rung or was paused there: it may be run on. */
  readonly isAtRung: boolean;
  /** Step up to which it was run, NaN where none. */
  readonly step: number;
  /** The objectives in their order, all to be made small; finite if complete. */
  readonly point: Float64Array;
  /** By how much it breaks the limits: see `LimitScale`. */
  readonly excesses: Excesses;
}

/** What samplers are asked to choose by. */
export interface Judging {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  readonly limits?: readonly string[];
}

/** Reads what trials gave from one view after another, each row once while views go on from the ones before and objectives and limits stay. */
export class ResultReader {
  #reader = new RowReader();
  #judged = "";
  #limits: readonly Limit[] = [];
  #scale = new LimitScale([]);
  #goals: Float64Array | null = null;
  #references: Float64Array | null = null;

  /**
   * Values that are good enough, of objectives that are all to be made small, -Infinity where there is none. Null without goals, and once a
   * complete trial that keeps the limits met one of each objective: raw values go on from there.
   */
  get goals(): Float64Array | null {
    return this.#goals;
  }

  /** The worst values that are of interest: see `knownReferences`. */
  get references(): Float64Array | null {
    return this.#references;
  }

  /** Compares by the limits what was read so far, as `compareStandings`. */
  get scale(): LimitScale {
    return this.#scale;
  }

  /** Results of the rows that are new, in their order; `begin` is called first where all are, to drop what was kept. */
  read(view: HistoryView, judging: Judging, begin: () => void): readonly TrialResult[] {
    return [...this.follow(view, judging, begin)];
  }

  /** The same one by one, `scale` and `goals` being those of the results so far; all are to be taken. */
  *follow(view: HistoryView, judging: Judging, begin: () => void): Generator<TrialResult> {
    const { space, metrics, limits } = judging;
    const judged = JSON.stringify([
      metrics.map(({ name, direction, goal, reference }) => [name, direction, goal ?? null, reference ?? null]),
      limits ?? [],
    ]);
    const restart = (): void => {
      this.#limits = compileLimits(limits);
      this.#scale = new LimitScale(this.#limits);
      this.#goals = goalsToReach(metrics);
      this.#references = knownReferences(metrics);
      begin();
    };
    if (judged !== this.#judged) {
      this.#judged = judged;
      this.#reader = new RowReader();
      restart();
    }
    for (const row of this.#reader.follow(view, restart)) {
      const result = this.#resultOf(view.columns, row, space, metrics);
      const isWhole = result.kind === "complete" && this.#scale.keeps(result.excesses);
      if (this.#goals !== null && isWhole && meetsAll(result.point, this.#goals)) this.#goals = null;
      yield result;
    }
  }

  #resultOf(columns: HistoryColumns, row: number, space: Space, metrics: readonly Metric[]): TrialResult {
    const point = Float64Array.from(metrics, ({ name, direction }) => {
      const value = columns.values[name]?.[row] ?? Number.NaN;
      return direction === "minimize" ? value : -value;
    });
    const state = columns.state[row]!;
    const hasAll = state === COMPLETE && point.every(Number.isFinite);
    return {
      trial: columns.trial[row]!,
      row,
      kind: hasAll ? "complete" : CUT_SHORT.includes(state) ? "cut-short" : "worthless",
      isAtRung: AT_RUNGS.includes(state),
      step: columns.step[row]!,
      point,
      excesses: this.#limits.length === 0 ? [] : this.#scale.add(resultOfRow(columns, row, space, this.#limits)),
    };
  }
}

/** A row's results, for limits. */
export function resultOfRow(
  columns: HistoryColumns,
  row: number,
  space: Space,
  limits: readonly Limit[],
): LimitedResult {
  return {
    params: limits.some(({ parameters }) => parameters.length > 0) ? paramsOfRow(columns, row, space, limits) : {},
    value: (metric) => columns.values[metric]?.[row] ?? Number.NaN,
  };
}

/** The parameters that limits look at, as far as the trial has them. */
function paramsOfRow(columns: HistoryColumns, row: number, space: Space, limits: readonly Limit[]): Params {
  const params: Record<string, JsonValue> = {};
  for (const parameter of space.parameters) {
    const { name } = parameter;
    const code = columns.params[name]?.[row] ?? Number.NaN;
    if (!limits.some(({ parameters }) => parameters.includes(name)) || !isCode(parameter, code)) continue;
    params[name] = decodeValue(parameter, code);
  }
  return params;
}

/** False where the trial lacks the parameter, or has a choice that the space in force has not. */
function isCode(parameter: Parameter, code: number): boolean {
  if (parameter.type === "categorical") return parameter.choices[code] !== undefined;
  return parameter.type === "ordinal" ? parameter.values[code] !== undefined : !Number.isNaN(code);
}
