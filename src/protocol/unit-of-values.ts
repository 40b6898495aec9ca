import { unitWords } from "./unit-words.ts";

/** The unit that all values of a metric must have: the first one's, or the study's. */
export class UnitOfValues {
  readonly #study: boolean;
  #unit: string | null | undefined;
  #other: string | null | undefined;

  /** `study`: the unit of the study's values so far, null for none; undefined before there are any. */
  constructor(study: string | null | undefined) {
    this.#study = study !== undefined;
    this.#unit = study;
  }

  /** Takes the unit of one more value, null for none; false where it is another than before. */
  take(unit: string | null): boolean {
    if (this.#unit === undefined) this.#unit = unit;
    if (this.#unit === unit) return true;
    this.#other = unit;
    return false;
  }

  /** Undefined before there is a value. */
  get unit(): string | null | undefined {
    return this.#unit;
  }

  /** What is wrong where values came in several units, in words that go on as a metric's fault; else null. */
  get mixed(): string | null {
    if (this.#other === undefined || this.#unit === undefined) return null;
    const where = this.#study ? "in trials before" : "elsewhere";
    return `it came ${unitWords(this.#other)} here, and ${unitWords(this.#unit)} ${where}, which cannot be compared; print it in one unit always`;
  }
}
