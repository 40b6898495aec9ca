import { buildSpace } from "./build-space.ts";
import type { SpaceRecord } from "./definition.ts";
import { flattenDefinitions } from "./flatten-definitions.ts";
import type { Space } from "./space.ts";

export interface DefineSpaceOptions {
  /** Expressions that every configuration must make true. */
  readonly where?: readonly string[];
}

/**
 * A space from builders. Throws AttuneError "invalid-space" for bounds, names, conditions or parents that cannot be.
 *
 * @example
 * defineSpace({ lr: float(1e-5, 1e-1, { log: true }), model: oneOf({ mlp: { layers: int(1, 6) }, linear: {} }) })
 */
export function defineSpace(record: SpaceRecord, options: DefineSpaceOptions = {}): Space {
  const { parameters, derived, locate } = flattenDefinitions(record);
  return buildSpace(parameters, {
    where: options.where ?? [],
    derived,
    locate: (name, field) => locate.get(name)?.(field) ?? null,
  });
}
