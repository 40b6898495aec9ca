import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { withDerived } from "./derived-values.ts";
import type { Params } from "./json.ts";
import { middleValue } from "./middle-value.ts";
import { repairParams } from "./repair-params.ts";
import type { Space } from "./space.ts";

/** The configuration a program is tried with: defaults, else the middle of ranges and the first of choices, made valid; derived values with them. */
export function middleParams(space: Space): Params {
  const wanted = Object.fromEntries(space.parameters.map((p) => [p.name, p.default ?? middleValue(p)]));
  return withDerived(space, repairParams(space, wanted, keyedStreams(0, 0)));
}
