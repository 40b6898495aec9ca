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
  #proven = false;

  /** `until` null: it was given none. */
  constructor(until: number | null) {
    this.#until = until;
  }

  /** True once two steps of its own lie at or behind it, or two steps behind it of which one was counted. */
  get proven(): boolean {
    return this.#proven;
  }

  add(step: number, counted: boolean): void {
    if (this.#until === null || step < this.#until || this.#proven) return;
    if (!counted) {
      this.#proven = this.#came !== null && this.#came !== step;
      this.#came ??= step;
    }
    if (step === this.#until) return;
    this.#proven ||= this.#counted !== null && this.#counted !== step;
    if (counted) this.#counted ??= step;
  }
}
