import type { StepOrigin } from "../protocol/step-origin.ts";

/**
 * Whether a program goes on past the step that it was given to run up to, as its reports prove. One whose steps are coarse, or that tells its
 * result in a last line without a step, may come to that step by one report behind it.
 */
export class StepsPastUntil {
  readonly #until: number | null;
  /** The program's own step that came to it. */
  #came: number | null = null;
  /** A counted step behind it. */
  #counted: number | null = null;
  #wentOn = false;
  #another = false;

  /** `until` null: it was given none. */
  constructor(until: number | null) {
    this.#until = until;
  }

  /** True once two steps of its own lie at or behind it, or two steps behind it of which one was counted. */
  get wentOn(): boolean {
    return this.#wentOn;
  }

  /** The same, or one counted step behind it is one more like those before: of a program that has ended, not of one that may be about to. */
  get proven(): boolean {
    return this.#wentOn || this.#another;
  }

  add(step: number, origin: StepOrigin): void {
    if (this.#until === null || step < this.#until || this.#wentOn) return;
    if (origin === "own") {
      this.#wentOn = this.#came !== null && this.#came !== step;
      this.#came ??= step;
    }
    if (step === this.#until) return;
    this.#another ||= origin === "another";
    this.#wentOn ||= this.#counted !== null && this.#counted !== step;
    if (origin !== "own") this.#counted ??= step;
  }
}
