import { encodeValue } from "../../space/encode-value.ts";
import type { Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import type { HistoryColumns } from "../../trial/history-view.ts";
import { ParameterAxis } from "./parameter-axis.ts";

/** A trial with the row that counts. */
export interface FinishedTrial {
  readonly number: number;
  readonly row: number;
}

/** Trials by number, with the place of each on every axis. */
export interface PlacedTrials {
  readonly numbers: readonly number[];
  /** By trial and axis. */
  readonly values: Float64Array;
}

/** Parameters that are always active together, with the key of their random stream. */
export class ParameterGroup {
  readonly key: string;
  readonly axes: readonly ParameterAxis[];

  constructor(parameters: readonly Parameter[]) {
    this.key = `tpe/${parameters[0]!.name}`;
    this.axes = parameters.map((parameter) => new ParameterAxis(parameter));
  }

  /** The places of finished trials, one trial after the other, without those that lack one of the parameters. */
  ofRows(columns: HistoryColumns, trials: readonly FinishedTrial[]): PlacedTrials {
    const width = this.axes.length;
    const codes = this.axes.map(({ parameter }) => columns.params[parameter.name]);
    const values = new Float64Array(width * trials.length);
    const numbers: number[] = [];
    for (const { number, row } of trials) {
      const begin = width * numbers.length;
      let d = 0;
      for (; d < width; d++) {
        const place = this.axes[d]!.encode(codes[d]?.[row] ?? Number.NaN);
        if (Number.isNaN(place)) break;
        values[begin + d] = place;
      }
      if (d === width) numbers.push(number);
    }
    return { numbers, values };
  }

  /** The places of a configuration, or null when it lacks one of the parameters. */
  ofParams(params: Params): Float64Array | null {
    const places = new Float64Array(this.axes.length);
    for (const [d, axis] of this.axes.entries()) {
      const { name } = axis.parameter;
      places[d] = Object.hasOwn(params, name) ? axis.encode(encodeValue(axis.parameter, params[name]!)) : Number.NaN;
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
