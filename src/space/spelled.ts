/** A number with the text that a program gets for it: `1.0`, `1e-4`. */
export class SpelledNumber {
  readonly value: number;
  /** As it stands in an argument. */
  readonly text: string;
  /** Whether it is a float where whole numbers are of another type. */
  readonly isFloat: boolean;

  constructor(value: number, text: string, isFloat: boolean = /[.eE]/.test(text)) {
    this.value = value;
    this.text = text;
    this.isFloat = isFloat;
  }
}

/** A JSON value in which some numbers know how they are written; a plain number is written as JSON does. */
export type Spelled =
  | null
  | boolean
  | string
  | number
  | SpelledNumber
  | readonly Spelled[]
  | { readonly [key: string]: Spelled };

/** A configuration as programs get it: parameter name to value. */
export type SpelledParams = Readonly<Record<string, Spelled>>;
