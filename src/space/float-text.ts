/**
 * The shortest text of a finite number that every language reads as a float.
 *
 * @example
 * floatText(1); // "1.0"
 * floatText(1e21); // "1e+21"
 */
export function floatText(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
