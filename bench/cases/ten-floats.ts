import type { Params } from "../../src/space/json.ts";

/** The loss of the large studies: how far ten floats are from 0.3. */
export function tenFloats(params: Params): number {
  return Object.values(params as Readonly<Record<string, number>>).reduce((sum, x) => sum + (x - 0.3) * (x - 0.3), 0);
}
