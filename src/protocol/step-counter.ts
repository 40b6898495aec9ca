import type { StepOrigin } from "./step-origin.ts";

type Measured = Readonly<Record<string, number>>;

/** Of a metric's values so far: those that a result repeats. */
interface Told {
  readonly last: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Gives steps to what is reported without one: they count from 1, lines with different metrics belong to one step. A value
 * that came once and without a step is the end and no report; from the second one on, all are reported. What comes last without a step, behind
 * steps of the program's own, is told at the last of these: the program went no further.
 */
export class StepCounter {
  readonly #onReport: (step: number, values: Measured, origin: StepOrigin) => void;
  #lastStep = 0;
  /** Whether the last step told was the program's own. */
  #own = false;
  #pending: Record<string, number> = {};
  /** How the lines of what is pending read, and those of the counted step before; null where nobody can say. */
  #shape: string | null = "";
  #before: string | null = null;
  readonly #told = new Map<string, Told>();
  /** How many metrics the program prints a step, as the step before told. */
  #perStep = 0;

  constructor(onReport: (step: number, values: Measured, origin: StepOrigin) => void) {
    this.#onReport = onReport;
  }

  /** `shape`: how the line reads that has the values; null for what is no line of a program's output. */
  take(step: number | null, values: Measured, shape: string | null = null): void {
    if (step !== null) {
      this.#flush(Math.max(0, Math.min(step - 1, this.#lastStep + 1)));
      this.#lastStep = step;
      this.#own = true;
      this.#note(values);
      this.#onReport(step, values, "own");
      return;
    }
    if (Object.keys(values).some((name) => name in this.#pending)) this.#flush(this.#lastStep + 1);
    this.#pending = { ...this.#pending, ...values };
    this.#shape = shape === null || this.#shape === null ? null : `${this.#shape}${shape}\n`;
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
    if (Object.keys(values).length > 0) this.#onReport(this.#lastStep, values, "own");
  }

  #flush(step: number): void {
    const [values, shape] = [this.#pending, this.#shape];
    this.#pending = {};
    this.#shape = "";
    const count = Object.keys(values).length;
    if (count === 0) return;
    this.#perStep = count;
    this.#lastStep = step;
    this.#own = false;
    const another = shape !== null && shape === this.#before && Object.entries(values).some(this.#isNews);
    this.#before = shape;
    this.#note(values);
    this.#onReport(step, values, another ? "another" : "counted");
  }

  readonly #isNews = ([name, value]: readonly [string, number]): boolean => {
    const told = this.#told.get(name);
    return told !== undefined && ![told.last, told.least, told.most].includes(value);
  };

  #note(values: Measured): void {
    for (const [name, last] of Object.entries(values)) {
      const { least, most } = this.#told.get(name) ?? { least: last, most: last };
      this.#told.set(name, { last, least: Math.min(least, last), most: Math.max(most, last) });
    }
  }
}
