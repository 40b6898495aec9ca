/** The words before the values of a report stand in a column of this width. */
const LABEL = 9;

/** The word before the values of a line. */
export function label(word: string): string {
  return word.padEnd(LABEL);
}
