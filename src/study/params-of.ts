import type { InferParams, SpaceRecord } from "../space/index.ts";
import type { Params } from "../space/json.ts";

/** Type of a trial's params: inferred from builders, by name only for a space that was read from a text. */
export type ParamsOf<S> = S extends SpaceRecord ? InferParams<S> : Params;
