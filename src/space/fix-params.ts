import type { Params } from "./json.ts";
import type { Space } from "./space.ts";

/**
 * The space of the configurations in which these parameters have just these values. `known` holds values of the space, and with a
 * parameter also those by which its condition holds.
 */
export function fixParams(space: Space, known: Params): Space {
  const parameters = space.parameters.map((p) =>
    Object.hasOwn(known, p.name) ? ({ type: "fixed", name: p.name, when: p.when, value: known[p.name]! } as const) : p,
  );
  return { ...space, parameters };
}
