import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";

/** All that a space was declared with: its parameters and its fidelity, from which `buildSpace` makes the same space. */
export function declaredParameters({
  parameters,
  fidelity,
}: Pick<Space, "parameters" | "fidelity">): readonly Parameter[] {
  return fidelity === undefined ? parameters : [...parameters, fidelity];
}
