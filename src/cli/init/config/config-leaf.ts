/** A single value in a config file. */
export interface ConfigLeaf {
  /** Names of the tables around it and its own, joined by dots. */
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** Whether a number is written with a point or an exponent. */
  readonly float: boolean;
  /** Where the value stands in the text, from 0, the end not included; what replaces it is a whole value of the format. */
  readonly start: number;
  readonly end: number;
  /** The comment behind it. */
  readonly comment: string;
  /** True for a list; the value is its text. */
  readonly many: boolean;
}

/** Whether a number's text makes it a float. */
export function isFloatText(text: string): boolean {
  return /[.eE]|inf|nan/i.test(text) && !/^0x/i.test(text);
}
