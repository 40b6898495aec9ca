import { AttuneError } from "../../errors.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";

interface DerivedSource {
  readonly space: Space;
  programParams(number: number): Params;
}

/** The derived values of a trial; null when the study's space has none. */
export function derivedOf(study: DerivedSource, number: number): Params | null {
  const names = new Set((study.space.derived ?? []).map(({ name }) => name));
  if (names.size === 0) return null;
  try {
    return Object.fromEntries(Object.entries(study.programParams(number)).filter(([name]) => names.has(name)));
  } catch (error) {
    // The trial failed by that: a derived value is no number.
    if (error instanceof AttuneError && error.code === "invalid-params") return {};
    throw error;
  }
}
