/** Source of a pattern for a decimal number without a sign, as a person writes it: `3`, `0.5`, `.5`, `2.`, `1e-4`. */
export const UNSIGNED: string = String.raw`(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`;

/** The same with a sign or without. */
export const NUMBER: string = `[-+]?${UNSIGNED}`;

const WHOLE = new RegExp(`^${NUMBER}$`);

/**
 * The finite number that was given, or that a given text is, white space around it left out; never -0. Null for everything else:
 * nothing, hexadecimal digits, `1_000`, `1,5`, infinities, numbers beyond what a double holds.
 */
export function numberIn(given: unknown): number | null {
  const number = typeof given === "string" && WHOLE.test(given.trim()) ? Number(given) : given;
  return typeof number === "number" && Number.isFinite(number) ? number + 0 : null;
}
