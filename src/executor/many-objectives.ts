/** Words of a study with several objectives, of which a number alone says nothing. */
export interface ManyObjectives {
  /** `the study has 2 objectives`. */
  readonly has: string;
  /** `an object of numbers: { recall, ms }`. */
  readonly takes: string;
}

/** Null for a study with one objective, whose value a number alone is. */
export function manyObjectives(names: readonly string[]): ManyObjectives | null {
  if (names.length < 2) return null;
  return { has: `the study has ${names.length} objectives`, takes: `an object of numbers: { ${names.join(", ")} }` };
}
