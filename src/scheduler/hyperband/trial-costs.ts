import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import { keptOn } from "../../trial/kept-on.ts";
import type { Trial } from "../../trial/trial.ts";

const RUNNING = STATE_CODES.indexOf("running");
/** Parts that a full run is counted in: sums of whole numbers are the same in any order. */
const PARTS = 1_048_576;

/** How far a segment came by its rows, and whether it is over. */
interface Course {
  readonly reached: number;
  readonly over: boolean;
}

interface Known {
  readonly courses: Course[];
  place: number;
  cost: number;
}

/** What trials cost, by the bracket they are of: the steps of each segment, all of them where it began anew. One that runs counts as run to its end. */
export class TrialCosts {
  readonly #byTrial = new Map<number, Known>();
  readonly #sums = new Map<number, number>();
  #view: HistoryView | null = null;
  #largest = 0;

  /** What the trials of a bracket took, in parts of a full run. */
  of(place: number): number {
    return this.#sums.get(place) ?? 0;
  }

  /** Reads what is new in a view; `largest`: the step at a trial's own end. */
  follow(view: HistoryView, largest: number, placeOf: (trial: Trial) => number): void {
    if (view === this.#view && largest === this.#largest) return;
    const delta = this.#view === null || largest !== this.#largest ? null : view.since(this.#view);
    const goesOn = delta !== null && delta.hidden.length + delta.restored.length === 0;
    this.#view = view;
    this.#largest = largest;
    if (!goesOn) {
      this.#byTrial.clear();
      this.#sums.clear();
    }
    const touched = new Set(goesOn ? delta.started : view.pending.map(({ number }) => number));
    for (const row of goesOn ? delta.added : view.rows) {
      this.#note(view, row);
      touched.add(view.columns.trial[row]!);
    }
    for (const number of touched) this.#count(view.trial(number), placeOf);
  }

  #known(number: number): Known {
    const known = this.#byTrial.get(number) ?? { courses: [], place: 0, cost: 0 };
    this.#byTrial.set(number, known);
    return known;
  }

  #note({ columns }: HistoryView, row: number): void {
    const { courses } = this.#known(columns.trial[row]!);
    const segment = columns.segment[row]!;
    const step = columns.step[row]!;
    const reached = Math.max(courses[segment]?.reached ?? 0, step > 0 ? step : 0);
    courses[segment] = { reached, over: columns.state[row] !== RUNNING };
  }

  #count(trial: Trial | undefined, placeOf: (trial: Trial) => number): void {
    if (trial === undefined || trial.segments.length === 0) return;
    const known = this.#known(trial.number);
    this.#add(known.place, -known.cost);
    known.place = placeOf(trial);
    known.cost = Math.round((PARTS * costOf(trial, known.courses, this.#largest)) / this.#largest);
    this.#add(known.place, known.cost);
  }

  #add(place: number, cost: number): void {
    this.#sums.set(place, this.of(place) + cost);
  }
}

function costOf({ segments }: Trial, courses: readonly Course[], largest: number): number {
  let cost = 0;
  let came = 0;
  for (const { index, until } of segments) {
    const { reached, over } = courses[index] ?? { reached: 0, over: false };
    const end = over && reached > 0 ? reached : Math.max(until ?? largest, reached);
    cost += Math.max(0, end - (index > 0 && keptOn(segments, index) ? came : 0));
    came = end;
  }
  return cost;
}
