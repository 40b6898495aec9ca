import { EndModel } from "../many/end-model.ts";
import type { FrontTrack } from "./front-track.ts";

/** What metrics of limits that grow come to from one step on, by what complete trials had there and at their ends. */
export class StepModel {
  readonly #step: number;
  readonly #limited: readonly string[];
  readonly #model: EndModel;
  #largest: number;

  /** `grows`: metrics that are said to grow. */
  constructor(step: number, limited: readonly string[], grows: readonly string[]) {
    this.#step = step;
    this.#limited = limited;
    this.#model = new EndModel(grows);
    this.#largest = step;
  }

  add(track: FrontTrack): void {
    for (const name of this.#limited) {
      const at = track.valueAt(name, this.#step);
      const last = track.lastOf(name);
      if (at === undefined || last === undefined) continue;
      this.#largest = Math.max(this.#largest, last.step);
      this.#model.saw(name, at, last.value);
      this.#model.ended(name, 0, at, last.value);
    }
  }

  atEnd(name: string, value: number): number {
    return this.#model.atEnd(name, 0, value, this.#ratio);
  }

  /** Another text whenever `atEnd` may answer otherwise. */
  get version(): string {
    return this.#limited.map((name) => this.#model.versionAt(name, 0, this.#ratio)).join(" ");
  }

  get #ratio(): number {
    return this.#step > 0 ? this.#largest / this.#step : 1;
  }
}
