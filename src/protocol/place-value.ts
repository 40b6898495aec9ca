/** What stands at a place: a value, several arguments, nothing (inactive), or the user's own text. */
export type PlaceValue =
  /** `on` is set for a boolean that is to be a flag where it stands behind one. */
  | { readonly kind: "value"; readonly text: string; readonly on?: boolean }
  | { readonly kind: "arguments"; readonly list: readonly string[] }
  | { readonly kind: "inactive" }
  | { readonly kind: "own"; readonly text: string };
