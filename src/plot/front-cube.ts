import { formatNumber } from "../analysis/words/format-number.ts";
import { nameWithAim } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import { frontRange } from "./chart/front-range.ts";
import type { FrontFigure, FrontFigurePoint } from "./front.ts";

/** A place in the cube: along each of its axes from 0 to 1. */
export type CubePlace = readonly [x: number, y: number, z: number];

/** An objective as an edge of the cube. */
export interface CubeAxis {
  readonly metric: Metric;
  /** With its unit, and what is to be made of it. */
  readonly name: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** A configuration in the cube. */
export interface CubePoint {
  /** Its first trial. */
  readonly trial: number;
  /** Its values, in the order of the study's objectives. */
  readonly values: readonly number[];
  readonly at: CubePlace;
  readonly standing: "front" | "dominated" | "infeasible";
  readonly isKnee: boolean;
  readonly isPreferred: boolean;
}

/** A limit as a plane across one axis. */
export interface CubePlane {
  readonly axis: number;
  readonly at: number;
  readonly text: string;
}

/** Three objectives of a front as a cube of side 1. */
export interface FrontCube {
  readonly axes: readonly [CubeAxis, CubeAxis, CubeAxis];
  /** The front last. */
  readonly points: readonly CubePoint[];
  readonly planes: readonly CubePlane[];
  /** Configurations that are far worse in an objective than the rest: they lie at the end of its axis. */
  readonly beyond: number;
}

/** Which objectives, by their places, the edges of a cube are. */
export type CubeSides = readonly [x: number, y: number, z: number];

/** The front of three or more objectives in space. */
export function frontCube(data: FrontFigure, sides: CubeSides = [0, 1, 2]): FrontCube {
  const ranges = sides.map((k) => frontRange(data, k));
  const along = (side: number, value: number): number => {
    const { min, max } = ranges[side]!;
    return (value - min) / (max - min);
  };
  const placeOf = ({ values }: FrontFigurePoint): CubePlace =>
    sides.map((k, side) => along(side, values[k]!)) as unknown as CubePlace;
  const pointOf = (point: FrontFigurePoint, standing: CubePoint["standing"]): CubePoint => ({
    ...{ trial: point.trial, values: point.values, standing },
    at: placeOf(point).map((at) => Math.min(1, Math.max(0, at))) as unknown as CubePlace,
    isKnee: point.trial === data.knee,
    isPreferred: point.trial === data.preferred,
  });
  const points = [
    ...data.others.map((point) => pointOf(point, point.feasible ? "dominated" : "infeasible")),
    ...data.front.map((point) => pointOf(point, "front")),
  ];
  const planes = data.limits.flatMap(({ metric, at, text }) => {
    const axis = sides.findIndex((k) => data.metrics[k]!.name === metric);
    return axis < 0 ? [] : [{ axis, at: along(axis, at), text }];
  });
  return {
    axes: sides.map((k, side) => axisOf(data.metrics[k]!, ranges[side]!)) as unknown as FrontCube["axes"],
    points,
    planes: planes.filter(({ at }) => isInside(at)),
    beyond: data.others.filter((point) => !placeOf(point).every(isInside)).length,
  };
}

function isInside(at: number): boolean {
  return at >= 0 && at <= 1;
}

function axisOf(metric: Metric, { min, max, interval }: ReturnType<typeof frontRange>): CubeAxis {
  const count = Math.round((max - min) / interval);
  const ticks = Array.from({ length: count + 1 }, (_, k) => ({
    at: k / count,
    text: formatNumber(min + k * interval, 4),
  }));
  return { metric, name: nameWithAim(metric), ticks };
}
