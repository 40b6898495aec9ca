import type { PointSpace } from "../surrogate/gp/point-space.ts";
import type { HistoryColumns } from "../trial/history-view.ts";

/** The configuration of a row, NaN where it has no value that the space has. */
export function pointOfRow({ params }: HistoryColumns, row: number, points: PointSpace): Float64Array {
  return Float64Array.from(points.axes, ({ parameter }, axis) =>
    points.fromCode(axis, params[parameter.name]?.[row] ?? Number.NaN),
  );
}
