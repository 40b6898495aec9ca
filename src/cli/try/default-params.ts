import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { middleValue, type Params, repairParams, type Space, withDerived } from "../../space/index.ts";

/** The configuration a program is tried with: defaults, else the middle of ranges and the first of choices, made valid. */
export function defaultParams(space: Space): Params {
  const wanted = Object.fromEntries(space.parameters.map((p) => [p.name, p.default ?? middleValue(p)]));
  return withDerived(space, repairParams(space, wanted, keyedStreams(0, 0)));
}
