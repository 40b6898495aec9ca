import { compileLimits } from "../../objective/index.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { rankResults } from "../many/rank-results.ts";
import { FrontTrack, type TrackJudge } from "./front-track.ts";
import { StepFront } from "./step-front.ts";
import { StepModel } from "./step-model.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Results kept over all steps, some 100 MB. Where there would be more, fronts of further steps are made at each question. */
const MOST_RESULTS = 250_000;
/** Steps that were asked for once, and may be again. */
const MOST_ASKED = 100_000;

/** Where a trial stands at a step among the complete trials that had values there. */
export interface TrackPlace {
  /** How many are on a better front, or keep limits that it breaks, or break them by less. */
  readonly better: number;
  readonly of: number;
  /** What the trial had, by objective. */
  readonly told: readonly (readonly [metric: string, value: number])[];
}

/**
 * What complete trials had at each step, by several objectives and limits. Of a step that is asked for a second time the fronts are kept, and the trials that are
 * complete since are added to them.
 */
export class FrontTracks {
  readonly #judge: TrackJudge;
  readonly #grows: readonly string[];
  readonly #most: number;
  readonly #reader = new RowReader();
  #tracks: FrontTrack[] = [];
  #known = new Set<number>();
  #fronts = new Map<number, StepFront>();
  #asked = new Set<number>();

  /** `most`: results that are kept over all steps. */
  constructor(
    metrics: readonly Metric[],
    limits: readonly string[],
    grows: readonly string[],
    smooth: number,
    most = MOST_RESULTS,
  ) {
    const compiled = compileLimits(limits);
    const limited = [...new Set(compiled.flatMap((limit) => limit.metrics))];
    this.#judge = { metrics, limits: compiled, limited, smooth };
    this.#grows = grows;
    this.#most = most;
  }

  /** At a step, by the trial's reports before `count`; null where it has not told each objective by then. */
  placeOf(view: HistoryView, trial: Trial, count: number, step: number): TrackPlace | null {
    this.#follow(view);
    const own = new FrontTrack(trial, view.reports(trial.number), count, this.#judge);
    if (!own.isAt(step)) return null;
    const told = this.#judge.metrics.map(({ name }) => [name, own.valueAt(name, step)!] as const);
    const front = this.#known.has(trial.number) ? null : this.#frontAt(step);
    if (front === null) return { ...this.#placeAnew(own, step), told };
    front.follow(this.#tracks);
    return { better: front.countAhead(own), of: front.length, told };
  }

  /** What is kept of a step; null where nothing is. */
  #frontAt(step: number): StepFront | null {
    const room = this.#tracks.length === 0 ? Number.POSITIVE_INFINITY : this.#most / this.#tracks.length;
    for (const kept of this.#fronts.keys()) {
      if (this.#fronts.size <= room) break;
      this.#fronts.delete(kept);
    }
    const known = this.#fronts.get(step);
    if (known !== undefined) return known;
    if (this.#fronts.size + 1 > room) return null;
    if (!this.#asked.has(step)) {
      if (this.#asked.size >= MOST_ASKED) this.#asked.clear();
      this.#asked.add(step);
      return null;
    }
    const made = new StepFront(step, this.#judge, this.#grows);
    this.#fronts.set(step, made);
    return made;
  }

  #placeAnew(own: FrontTrack, step: number): Pick<TrackPlace, "better" | "of"> {
    const others = this.#tracks.filter((track) => track.trial.number !== own.trial.number);
    const model = new StepModel(step, this.#judge.limited, this.#grows);
    for (const track of others) model.add(track);
    const resultOf = (track: FrontTrack) => track.resultAt(step, (name, value) => model.atEnd(name, value));
    const there = others.filter((track) => track.isAt(step)).map(resultOf);
    const ranked = rankResults([...there, resultOf(own)], this.#judge.limits);
    const { tier } = ranked.find((one) => one.trial === own.trial.number)!;
    return { better: ranked.filter((one) => one.tier < tier).length, of: there.length };
  }

  #follow(view: HistoryView): void {
    const { trial: numbers, state } = view.columns;
    const begin = (): void => {
      this.#tracks = [];
      this.#known = new Set();
      this.#fronts = new Map();
    };
    for (const row of this.#reader.follow(view, begin)) {
      const trial = state[row] === COMPLETE ? view.trial(numbers[row]!) : undefined;
      if (trial === undefined || this.#known.has(trial.number)) continue;
      this.#known.add(trial.number);
      this.#tracks.push(new FrontTrack(trial, view.reports(trial.number), Number.POSITIVE_INFINITY, this.#judge));
    }
  }
}
