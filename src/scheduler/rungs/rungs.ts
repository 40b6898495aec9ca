import type { OptionReader } from "../../component/option-reader.ts";
import { AttuneError } from "../../errors.ts";
import { type FidelityParameter, isParameterValue } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { ordinal } from "../reports/ordinal.ts";
import { readSmooth } from "../reports/smooth.ts";
import type { RungPlace } from "./order/rung-order.ts";
import type { RungResult } from "./rung-course.ts";
import type { RungJudge } from "./rung-judge.ts";
import { isJudged, type RungPlan, rungAbove } from "./rung-plan.ts";
import { type RungOptions, RungResults } from "./rung-results.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;
const REDUCTION = 3;
/** Of the values of a fidelity: each rung is a run of its own, most often from the start. Better than 3 on development tasks (docs/guide/schedulers/asha.md). */
const REDUCTION_OF_RUNS = 4;

/** The options that say where the rungs lie. AttuneError `invalid-argument` for such as make none, or do not fit the study's fidelity. */
export function readRungs(reader: OptionReader, fidelity: FidelityParameter | null): RungOptions {
  const reduction = reader.number("reduction", {
    default: fidelity === null ? REDUCTION : REDUCTION_OF_RUNS,
    low: 1.1,
    high: 1_000,
  });
  const smallest = reader.number("smallest", { default: Number.NaN, low: Number.MIN_VALUE, high: LARGEST });
  const largest = reader.number("largest", { default: Number.NaN, low: Number.MIN_VALUE, high: LARGEST });
  if (smallest >= largest)
    throw new AttuneError(
      "invalid-argument",
      `The smallest rung is step ${smallest} and the largest step ${largest}; give a smallest below the largest.`,
    );
  if (fidelity !== null) refuseBeside(fidelity, smallest, largest);
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    reduction,
    smallest: orNull(smallest),
    largest: fidelity?.high ?? orNull(largest),
    smooth: readSmooth(reader),
    ...(fidelity && { fidelity }),
  };
}

/** The fidelity says what the largest is, and of which values the smallest is one. */
function refuseBeside(fidelity: FidelityParameter, smallest: number, largest: number): void {
  const { name, low, high } = fidelity;
  if (!Number.isNaN(largest))
    throw new AttuneError(
      "invalid-argument",
      `The largest step is given as ${largest}, and the study declares the fidelity ${name}, of which the largest is ${high}; leave largest out.`,
    );
  if (Number.isNaN(smallest) || (smallest < high && isParameterValue(fidelity, smallest))) return;
  throw new AttuneError(
    "invalid-argument",
    `The smallest rung is ${smallest}, which is no value of the fidelity ${name} below ${high}; give one from ${low} up.`,
  );
}

/** A trial at a rung, among the others there. */
export interface Standing {
  readonly rung: number;
  readonly step: number;
  readonly result: RungResult;
  /** Whether it has a finite value of each objective. */
  readonly worth: boolean;
  /** From 1. */
  readonly rank: number;
  /** It and the others. */
  readonly of: number;
  readonly note: RungPlace["note"];
}

/** How a plan of the rungs follows from what trials came to. Asked only once there is a ladder. */
export type Planner = (results: RungResults, options: RungOptions) => RungPlan;

/** Where trials stand when they come to a rung: what the forms of halving share. */
export class Rungs {
  readonly results: RungResults;
  readonly options: RungOptions;
  readonly judge: RungJudge;
  readonly #planner: Planner;

  /** `results`: of the trials that are compared with each other. */
  constructor(options: RungOptions, judge: RungJudge, planner: Planner, results = new RungResults(options, judge)) {
    this.options = options;
    this.judge = judge;
    this.results = results;
    this.#planner = planner;
  }

  /** Of the view followed last. */
  get plan(): RungPlan {
    return this.#planner(this.results, this.options);
  }

  /** Where the trial stands at the rung that it comes to with this report; null where it comes to none, or to its own end. */
  standing(view: HistoryView, record: Trial, report: Report): Standing | null {
    this.results.follow(view);
    const { number: trial } = record;
    if (report.step >= this.results.largest || runsToItsEnd(record)) return null;
    const reached = this.results.reachedWith(view, trial, report.seq);
    if (reached === null) return null;
    const { rung } = reached;
    const { better, others, note } = this.results.rankAt(rung, reached);
    const worth = this.judge.isWorth(reached);
    return { rung, step: report.step, result: reached, worth, rank: better + 1, of: others + 1, note };
  }

  /** How many of so many may run on from a rung: one of `reduction` for each rung up to the next that is judged. */
  promotable(of: number, rung: number): number {
    const { plan } = this;
    let left = of;
    for (let steps = rungAbove(plan, rung) - rung; steps > 0; steps--) left /= this.options.reduction;
    return Math.floor(left + 1e-9);
  }

  isJudged(rung: number): boolean {
    return isJudged(this.plan, rung);
  }

  /** Step of a rung, or null for a trial's own end. */
  stepOf(rung: number): number | null {
    return rung < this.plan.top ? this.results.ladder!.steps[rung]! : null;
  }

  /** Why trials are not judged at a rung, in words. */
  wordsUnjudged({ result, step, rung }: Standing): string {
    const { bottom } = this.plan;
    const told = `${this.told(result)} at step ${step}`;
    if (rung >= bottom) return `${told}, where none is judged: trials begin anew when they are promoted`;
    const trusted = rung === bottom - 1 ? this.results.trustIn(rung).words : "the rung above is not trusted either";
    return `${told}, where none is judged: ${trusted}`;
  }

  /** What is compared, in words. */
  told(result: RungResult): string {
    return this.judge.words(result, this.options.smooth);
  }

  words({ result, step, rank, of, note }: Standing): string {
    return `${this.told(result)} at step ${step}: ${ordinal(rank)} of ${of} there${inBrackets(note)}`;
  }
}

/** What is said besides, with the blank before it; empty for nothing. */
export function inBrackets(note: string): string {
  return note === "" ? "" : ` (${note})`;
}

/** Promoted to its own end: nothing is left to be judged. */
function runsToItsEnd({ segments }: Trial): boolean {
  const segment = segments.at(-1);
  return segment !== undefined && segment.index > 0 && segment.until === null;
}
