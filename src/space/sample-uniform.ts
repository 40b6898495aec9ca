import type { RandomStream, StreamSource } from "../numeric/random/stream-source.ts";
import { isActive } from "./conditions.ts";
import { componentSamplers, requireFeasible } from "./feasible/feasibility.ts";
import type { JsonValue, Params } from "./json.ts";
import { gridSize, gridValue } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";
import { fromUnit } from "./unit-cube.ts";

const TWO_32 = 4294967296;

/** Uniform whole number in [0, n) for n up to 2^53, without bias. */
function uniformIndex(stream: RandomStream, n: number): number {
  if (n <= TWO_32) return stream.int(n);
  const upper = Math.ceil(n / TWO_32);
  for (;;) {
    const k = stream.int(upper) * TWO_32 + stream.uint32();
    if (k < n) return k;
  }
}

/** A value of one parameter, uniform on its scale. */
export function sampleValue(p: Parameter, stream: RandomStream): JsonValue {
  switch (p.type) {
    case "float":
    case "int": {
      const size = gridSize(p);
      if (size === null || p.scale !== "linear") return fromUnit(p, stream.float());
      return gridValue(p, uniformIndex(stream, size));
    }
    case "categorical":
      return p.choices[stream.int(p.choices.length)]!;
    case "ordinal":
      return p.values[stream.int(p.values.length)]!;
    case "boolean":
      return stream.int(2) === 1;
    case "fixed":
      return p.value;
  }
}

/** Values of the parameters that constraints tie together; each group draws from a stream of its own. */
function sampleTied(space: Space, source: StreamSource): Readonly<Record<string, JsonValue>> {
  const tied: Record<string, JsonValue> = {};
  for (const sampler of componentSamplers(space)) {
    const values = sampler.draw(source.stream(`tied ${sampler.first}`));
    if (values === null) requireFeasible(space);
    Object.assign(tied, values);
  }
  return tied;
}

/**
 * A configuration uniform on each parameter's scale given that all constraints hold, parents first; inactive parameters are left
 * out. Each free parameter draws from the stream of its own name, so that a parameter added later changes no other. Throws
 * AttuneError "invalid-space" when the constraints leave nothing.
 */
export function sampleUniform(space: Space, source: StreamSource): Params {
  const tied = space.where.length === 0 ? {} : sampleTied(space, source);
  const params: Record<string, JsonValue> = {};
  for (const p of space.parameters) {
    if (!isActive(p, params)) continue;
    params[p.name] = Object.hasOwn(tied, p.name) ? tied[p.name]! : sampleValue(p, source.stream(p.name));
  }
  return params;
}
