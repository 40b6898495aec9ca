import type { Params } from "../../space/json.ts";
import { formatValue } from "./format-value.ts";

/** A configuration on one line: `lr=0.00123 layers=3 optimizer=adam`. */
export function paramsLine(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .join(" ");
}
