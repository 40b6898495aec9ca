import type { Params } from "../space/json.ts";
import type { SpelledParams } from "../space/spelled.ts";

/** How a study's values are written for programs. */
export interface ValueWriter {
  /** The numbers of a configuration with the texts that programs get. */
  readonly spell: (params: Params) => SpelledParams;
  /** Whether places are written plainly whatever the style of arguments. */
  readonly plainPlaces: boolean;
}
