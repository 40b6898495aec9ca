type Measured = Readonly<Record<string, number>>;

/**
 * Gives steps to what is reported without one: they count from 1, lines with different metrics belong to one step. A value
 * that came once and without a step is the end and no report; from the second one on, all are reported. What comes last without a step, behind
 * steps of the program's own, is told at the last of these: the program went no further.
 */
export class StepCounter {
  readonly #onReport: (step: number, values: Measured, counted: boolean) => void;
  #lastStep = 0;
  /** Whether the last step told was the program's own. */
  #own = false;
  #pending: Record<string, number> = {};
  /** How many metrics the program prints a step, as the step before told. */
  #perStep = 0;

  /** `counted`: the step is none of the program's own. */
  constructor(onReport: (step: number, values: Measured, counted: boolean) => void) {
    this.#onReport = onReport;
  }

  take(step: number | null, values: Measured): void {
    if (step !== null) {
      this.#flush(Math.max(0, Math.min(step - 1, this.#lastStep + 1)));
      this.#lastStep = step;
      this.#own = true;
      this.#onReport(step, values, false);
      return;
    }
    if (Object.keys(values).some((name) => name in this.#pending)) this.#flush(this.#lastStep + 1);
    this.#pending = { ...this.#pending, ...values };
    const isWhole = this.#lastStep > 0 && Object.keys(this.#pending).length >= this.#perStep;
    if (isWhole && !this.#own) this.#flush(this.#lastStep + 1);
  }

  /** Drops what waits for its step under this name. */
  forget(name: string): void {
    delete this.#pending[name];
  }

  end(): void {
    if (this.#own) this.#onOwnStep();
    else if (this.#lastStep > 0) this.#flush(this.#lastStep + 1);
  }

  #onOwnStep(): void {
    const values = this.#pending;
    this.#pending = {};
    if (Object.keys(values).length > 0) this.#onReport(this.#lastStep, values, false);
  }

  #flush(step: number): void {
    const values = this.#pending;
    this.#pending = {};
    const count = Object.keys(values).length;
    if (count === 0) return;
    this.#perStep = count;
    this.#lastStep = step;
    this.#own = false;
    this.#onReport(step, values, true);
  }
}
