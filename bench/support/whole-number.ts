import { AttuneError } from "../../src/errors.ts";

/** An option's whole number from `least` up. Throws AttuneError `invalid-argument`. */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new AttuneError("invalid-argument", `--${option} is "${text}"; give a whole number from ${least} up.`);
}
