import { FrontOrder } from "../rungs/order/front-order.ts";
import type { FrontTrack, TrackJudge } from "./front-track.ts";
import { StepModel } from "./step-model.ts";

/** The complete trials at one step by fronts and limits, kept as they come. */
export class StepFront {
  readonly #step: number;
  readonly #model: StepModel;
  readonly #order: FrontOrder;
  /** Those that are in the order, and the one that is asked about. */
  readonly #tracks = new Map<number, FrontTrack>();
  #taken = 0;

  constructor(step: number, judge: TrackJudge, grows: readonly string[]) {
    this.#step = step;
    this.#model = new StepModel(step, judge.limited, grows);
    this.#order = new FrontOrder({
      limits: judge.limits,
      version: () => this.#model.version,
      stepResult: ({ trial }) =>
        this.#tracks.get(trial)!.resultAt(step, (name, value) => this.#model.atEnd(name, value)),
    });
  }

  /** How many are compared at the step. */
  get length(): number {
    return this.#order.length;
  }

  /** Takes in those of a list that only grows which are new. All tell the model first: what they stand for follows from it. */
  follow(tracks: readonly FrontTrack[]): void {
    const fresh = tracks.slice(this.#taken);
    this.#taken = tracks.length;
    for (const track of fresh) this.#model.add(track);
    for (const track of fresh) {
      if (!track.isAt(this.#step)) continue;
      this.#tracks.set(track.trial.number, track);
      this.#order.add({ trial: track.trial.number, value: Number.NaN });
    }
  }

  /** How many are ahead of a trial that is at the step and none of them. */
  countAhead(own: FrontTrack): number {
    const { number } = own.trial;
    this.#tracks.set(number, own);
    const ahead = this.#order.countAhead({ trial: number, value: Number.NaN });
    this.#tracks.delete(number);
    return ahead;
  }
}
