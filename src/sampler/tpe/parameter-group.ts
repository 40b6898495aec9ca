import { encodeValue } from "../../space/encode-value.ts";
import type { Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import type { HistoryColumns } from "../../trial/history-view.ts";
import { ParameterAxis } from "./parameter-axis.ts";

/** Parameters that are always active together, with the key of their random stream. */
export class ParameterGroup {
  readonly key: string;
  readonly axes: readonly ParameterAxis[];

  constructor(parameters: readonly Parameter[]) {
    this.key = `tpe/${parameters[0]!.name}`;
    this.axes = parameters.map((parameter) => new ParameterAxis(parameter));
  }

  /** The places of a finished row, or null when it lacks one of the parameters. */
  ofRow(columns: HistoryColumns, row: number): Float64Array | null {
    return this.#places((parameter) => columns.params[parameter.name]?.[row] ?? Number.NaN);
  }

  /** The places of a configuration, or null when it lacks one of the parameters. */
  ofParams(params: Params): Float64Array | null {
    return this.#places((parameter) =>
      Object.hasOwn(params, parameter.name) ? encodeValue(parameter, params[parameter.name]!) : Number.NaN,
    );
  }

  #places(code: (parameter: Parameter) => number): Float64Array | null {
    const places = new Float64Array(this.axes.length);
    for (const [d, axis] of this.axes.entries()) {
      places[d] = axis.encode(code(axis.parameter));
      if (Number.isNaN(places[d])) return null;
    }
    return places;
  }
}

/** The group of each parameter that is searched, by name; groups are those with equal conditions. */
export function groupParameters(space: Space): ReadonlyMap<string, ParameterGroup> {
  const lists = new Map<string, Parameter[]>();
  for (const parameter of space.parameters) {
    if (parameter.type === "fixed") continue;
    const key = JSON.stringify(parameter.when);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [parameter]);
    else list.push(parameter);
  }
  const groups = new Map<string, ParameterGroup>();
  for (const list of lists.values()) {
    const group = new ParameterGroup(list);
    for (const { name } of list) groups.set(name, group);
  }
  return groups;
}
