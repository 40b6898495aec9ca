import { buildSpace } from "./build-space.ts";
import { checkOptions, OPTION } from "./check-options.ts";
import type { SpaceRecord } from "./definition.ts";
import { constraintTexts, type Predicate } from "./expression/opaque-predicate.ts";
import { flattenDefinitions } from "./flatten-definitions.ts";
import type { InferParams } from "./infer-params.ts";
import type { Space } from "./space.ts";
import { userCall } from "./user-call.ts";

export interface DefineSpaceOptions<S extends SpaceRecord = SpaceRecord> {
  /**
   * Expressions that every configuration must make true, or pure functions. Of a function only a hash of its source is stored:
   * other programs (`attune replay`, the command line) cannot check it, and say so.
   */
  readonly where?: readonly (string | ((params: InferParams<S>) => boolean))[];
}

/**
 * A space from builders. Throws AttuneError "invalid-space" for bounds, names, conditions or parents that cannot be.
 *
 * @example
 * defineSpace({ lr: float(1e-5, 1e-1, { log: true }), model: oneOf({ mlp: { layers: int(1, 6) }, linear: {} }) })
 */
export function defineSpace<const S extends SpaceRecord>(record: S, options: DefineSpaceOptions<S> = {}): Space {
  return userCall(defineSpace, () => {
    checkOptions("defineSpace", options, { where: OPTION.list });
    const { parameters, derived, locate } = flattenDefinitions(record);
    return buildSpace(parameters, {
      where: constraintTexts((options.where ?? []) as readonly (string | Predicate)[]),
      derived,
      locate: (name, field) => locate.get(name)?.(field) ?? null,
    });
  });
}
