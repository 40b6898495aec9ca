import type { StreamSource } from "../numeric/random/stream-source.ts";
import type { JsonValue, Params } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import { nearestValue } from "./nearest-value.ts";
import type { Parameter } from "./parameter.ts";
import { sampleUniform } from "./sample-uniform.ts";
import { settleParams } from "./settle-params.ts";
import type { Space } from "./space.ts";
import { fromUnit, toUnit } from "./unit-cube.ts";

const HALVINGS = 12;

/** The valid configuration on the way from `params` to the wanted value of one parameter that lies nearest to it. */
function approach(space: Space, params: Params, p: Parameter, target: JsonValue, source: StreamSource): Params {
  const streamOf = (other: Parameter) => source.stream(`repair ${other.name}`);
  const direct = settleParams(space, { ...params, [p.name]: target }, streamOf);
  if (direct !== null) return direct;
  if ((p.type !== "float" && p.type !== "int") || !Object.hasOwn(params, p.name)) return params;
  let best = params;
  let near = toUnit(p, params[p.name]!);
  let far = toUnit(p, target);
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (near + far) / 2;
    const moved = settleParams(space, { ...best, [p.name]: fromUnit(p, middle) }, streamOf);
    if (moved === null) far = middle;
    else [best, near] = [moved, middle];
  }
  return best;
}

/**
 * A valid configuration near what a model asks for, which may lie out of range, between steps, beyond constraints, or lack
 * parameters: numbers go to the nearest allowed value; where constraints are broken, a feasible draw is moved towards what was
 * asked for, parameter by parameter. Not uniform: for proposals of models only.
 */
export function repairParams(space: Space, wanted: Params, source: StreamSource): Params {
  const direct = settleParams(space, wanted, (p) => source.stream(p.name));
  if (direct !== null) return direct;
  let params = sampleUniform(space, source);
  for (const p of space.parameters) {
    const target = Object.hasOwn(wanted, p.name) ? nearestValue(p, wanted[p.name]!) : undefined;
    const current = params[p.name];
    if (target === undefined || current === undefined) continue;
    if (!jsonEqual(current, target)) params = approach(space, params, p, target, source);
  }
  return params;
}
