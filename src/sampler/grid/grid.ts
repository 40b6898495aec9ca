import { OptionReader } from "../../component/option-reader.ts";
import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import type { Space } from "../../space/space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Sampler, Suggestion } from "../sampler.ts";
import { GridCells, type GridPoints } from "./grid-cells.ts";
import { TriedCells } from "./tried-cells.ts";

const MOST_POINTS = 10_000;

/** A sampler that comes to an end: `size` is the number of its configurations. */
export interface GridSampler extends Sampler {
  readonly size: bigint;
}

/**
 * Every cell of a grid once, the last parameter changing fastest. Cells that are in the history or pending are left out, whoever proposed,
 * enqueued or imported them.
 */
export function createGrid(options: Readonly<Record<string, JsonValue>>, space: Space): GridSampler {
  const reader = new OptionReader("sampler grid", options);
  const points = readPoints(reader, space);
  reader.done();
  const cells = new GridCells(space, points);
  const tried = new TriedCells(cells);
  return {
    name: "grid",
    needsView: true,
    declaredOnly: true,
    size: cells.size,
    suggest: (view, _request, count) => untried(cells, tried, view, count),
  };
}

function untried(cells: GridCells, tried: TriedCells, view: HistoryView, count: number): readonly Suggestion[] {
  const suggestions: Suggestion[] = [];
  const { finished, pending, from } = tried.seen(view);
  for (let index = from; index < cells.size && suggestions.length < count; index++)
    if (!finished.has(index) && !pending.has(index)) suggestions.push({ params: cells.at(index) });
  return suggestions;
}

function readPoints(reader: OptionReader, space: Space): GridPoints {
  const allowed = `an object of parameter name to number of values, such as {"lr": 7}`;
  const given = reader.record("points", allowed);
  const points: Record<string, number> = {};
  for (const [name, value] of Object.entries(given)) {
    const parameter = space.parameters.find((p) => p.name === name);
    if (parameter === undefined) {
      const names = space.parameters.map((p) => p.name);
      const message = `sampler grid: option points names ${name}, which is no parameter; there are ${names.join(", ")}.`;
      throw new AttuneError("invalid-argument", message + didYouMean(name, names), { data: { name } });
    }
    if (parameter.type !== "float" && parameter.type !== "int")
      throw reader.refuse(
        "points",
        given,
        `only numeric parameters; ${name} is ${parameter.type} and always taken whole`,
      );
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MOST_POINTS)
      throw reader.refuse("points", given, `whole numbers from 1 to ${MOST_POINTS} for each parameter`);
    points[name] = value;
  }
  return points;
}
