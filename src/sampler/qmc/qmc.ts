import { OptionReader } from "../../component/option-reader.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { scrambledSobol } from "../../numeric/random/sobol.ts";
import { SOBOL_DIMENSIONS } from "../../numeric/random/sobol-directions.ts";
import { isActive } from "../../space/conditions.ts";
import { isFeasible } from "../../space/constraints.ts";
import { componentsOf } from "../../space/feasible/component.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import { sampleUniform, sampleValue } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import { fromUnit } from "../../space/unit-cube.ts";
import type { Sampler, SuggestRequest } from "../sampler.ts";
import type { SamplerContext } from "../sampler-context.ts";
import { sobolDimensions } from "./sobol-dimensions.ts";

/** Points beyond this one would repeat. */
const MOST_POINTS = 4294967296;

/**
 * Scrambled Sobol points: uniform like random ones, but spread evenly over the whole space, over each parameter's scale and over
 * the choices. Where constraints tie parameters together, a point that breaks them gets feasible random values for these.
 */
export function createQmc(
  options: Readonly<Record<string, JsonValue>>,
  space: Space,
  context: SamplerContext,
): Sampler {
  new OptionReader("sampler qmc", options).done();
  const dimensions = sobolDimensions(space);
  const tied = new Set(componentsOf(space).flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  // A new version begins at point 0 again: other scrambling, or it would repeat the old points.
  const key = `qmc ${context.spaceVersion}.${context.settingsVersion}`;
  return {
    name: "qmc",
    needsView: false,
    suggest: (_view, request, count) => {
      const seeds = keyedStreams(request.seed, key);
      const unit = (name: string, index: number): number | null => {
        const dimension = dimensions.get(name)!;
        if (dimension >= SOBOL_DIMENSIONS) return null;
        return scrambledSobol(index % MOST_POINTS, dimension, seeds.stream(`${dimension}`).uint32());
      };
      return Array.from({ length: count }, (_, k) => ({ params: point(request, k, tied, unit) }));
    },
  };
}

function point(
  request: SuggestRequest,
  k: number,
  tied: ReadonlySet<string>,
  unit: (name: string, index: number) => number | null,
): Params {
  const { space } = request;
  const source = request.streams(request.number + k);
  const ofPoint = (parameter: Parameter): JsonValue => {
    if (parameter.type === "fixed") return parameter.value;
    const u = unit(parameter.name, request.index + k);
    return u === null ? sampleValue(parameter, source.stream(parameter.name)) : fromUnit(parameter, u);
  };
  const params = walk(space, ofPoint);
  if (isFeasible(space, params)) return params;
  const feasible = sampleUniform(space, source);
  return walk(space, (parameter) => (tied.has(parameter.name) ? feasible[parameter.name]! : ofPoint(parameter)));
}

/** Values of the active parameters, parents first. */
function walk(space: Space, value: (parameter: Parameter) => JsonValue): Params {
  const params: Record<string, JsonValue> = {};
  for (const parameter of space.parameters) if (isActive(parameter, params)) params[parameter.name] = value(parameter);
  return params;
}
