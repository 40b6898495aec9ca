/**
 * Characters that a terminal obeys or hides rather than shows: control characters (C0 but for the line break, DEL, C1), and those
 * that turn the direction of writing (Unicode Standard Annex 9: U+202A to U+202E, U+2066 to U+2069).
 */
export const HIDDEN = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** Whether a text holds one. */
export function hasHidden(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}
