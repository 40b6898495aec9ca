import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { Recent } from "../recent.ts";
import { NewestValues } from "./newest-values.ts";
import { RankedValues } from "./ranked-values.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Values kept over all steps: 128 MiB. Where there are more, the step that was asked for longest ago is read again when it is next. */
const MOST_VALUES = 16_777_216;

/** What complete trials had at one step, of the first `taken` of them. */
interface StepValues {
  readonly ranked: RankedValues;
  taken: number;
}

/**
 * What complete trials had at each step. A view that goes on from the one before adds its new trials to what is known, so that a report costs no
 * look at all trials; any other view is read from its beginning.
 */
export class CompleteTracks {
  readonly #metric: Metric;
  readonly #over: (trial: number) => void;
  readonly #reader = new RowReader();
  /** Numbers of the complete trials among the rows read, in their order, and their reports. */
  #numbers = new Set<number>();
  #tracks: NewestValues[] = [];
  #steps = keptSteps();

  /** @param over - called for each trial that turns out to be complete. */
  constructor(metric: Metric, over: (trial: number) => void) {
    this.#metric = metric;
    this.#over = over;
  }

  /** Values at `step`: each trial's newest by then, of those that had one. Without the trial `own`. */
  valuesAt(view: HistoryView, step: number, own: number): RankedValues {
    this.#follow(view);
    if (this.#numbers.has(own)) return this.#valuesWithout(own, step);
    const known = this.#steps.get(step) ?? { ranked: new RankedValues(this.#metric.direction), taken: 0 };
    known.ranked.add(newestBy(this.#tracks, known.taken, step));
    known.taken = this.#tracks.length;
    this.#steps.keep(step, known);
    return known.ranked;
  }

  #valuesWithout(own: number, step: number): RankedValues {
    const ranked = new RankedValues(this.#metric.direction);
    const place = [...this.#numbers].indexOf(own);
    ranked.add(newestBy(this.#tracks.toSpliced(place, 1), 0, step));
    return ranked;
  }

  #follow(view: HistoryView): void {
    const { trial: numbers, state } = view.columns;
    for (const row of this.#reader.follow(view, () => this.#begin())) {
      const trial = state[row] === COMPLETE ? view.trial(numbers[row]!) : undefined;
      if (trial === undefined) continue;
      this.#over(trial.number);
      this.#numbers.add(trial.number);
      this.#tracks.push(new NewestValues(trial.reports, this.#metric.name, this.#tracks.at(-1)));
    }
  }

  #begin(): void {
    this.#numbers = new Set();
    this.#tracks = [];
    this.#steps = keptSteps();
  }
}

function keptSteps(): Recent<StepValues> {
  return new Recent(MOST_VALUES, ({ ranked }) => ranked.length);
}

function newestBy(tracks: readonly NewestValues[], from: number, step: number): readonly number[] {
  const values: number[] = [];
  for (let place = from; place < tracks.length; place++) {
    const value = tracks[place]!.by(step);
    if (value !== undefined) values.push(value);
  }
  return values;
}
