import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import {
  fromUnit,
  type JsonValue,
  type Parameter,
  type Params,
  repairParams,
  type Space,
  withDerived,
} from "../../space/index.ts";

/** The configuration a program is tried with: defaults, else the middle of ranges and the first of choices, made valid. */
export function defaultParams(space: Space): Params {
  const wanted = Object.fromEntries(space.parameters.map((p) => [p.name, p.default ?? middle(p)]));
  return withDerived(space, repairParams(space, wanted, keyedStreams(0, 0)));
}

function middle(p: Parameter): JsonValue {
  switch (p.type) {
    case "fixed":
      return p.value;
    case "categorical":
      return p.choices[0]!;
    case "boolean":
      return false;
    case "float":
    case "int":
    case "ordinal":
      return fromUnit(p, 0.5);
  }
}
