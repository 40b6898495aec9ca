import type { JsonValue, Params } from "../space/json.ts";

/**
 * Type of the params of trials that ran: the declared ones by their types, and whatever else the function asked for. Where all declared
 * ones are always there, a `Study<P>` is a `Study`.
 */
export type RanParams<P> = P extends Params ? P & Params : P & Readonly<Record<string, JsonValue | undefined>>;
