import { describe, expect, it } from "vitest";
import { crowdingDistances } from "../../numeric/pareto/crowding-distances.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float } from "../../space/index.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { TrialState } from "../../trial/trial.ts";
import { makeView } from "../testing/make-view.testing.ts";
import type { Survival } from "./member.ts";
import { Population } from "./population.ts";

const space = defineSpace({ x: float(0, 1) });
const A = { name: "a", direction: "minimize" } as const;
const B = { name: "b", direction: "maximize" } as const;
const survival = (size: number): Survival => ({
  size,
  surplus: (members, _ranks, last) => {
    const distances = crowdingDistances(last.map((place) => members[place]!.values));
    return last[distances.indexOf(Math.min(...distances))]!;
  },
  merit: (members) => new Float64Array(members.length),
});

type Row = readonly [values: readonly number[], state?: TrialState];

function view(rows: readonly Row[], hidden: readonly number[] = []) {
  const finished = rows.map(([values, state = "complete"], trial) => ({
    ...{ trial, params: { x: trial / 100 }, state, segment: 0, step: Number.NaN, values },
    outcome: state === "complete" ? ("ok" as const) : ("error" as const),
  }));
  return makeView({ space, metrics: [A, B], rows: finished, pending: [], revision: rows.length + 1, hidden });
}

function alive(size: number, rows: readonly Row[], limits?: readonly string[]): readonly number[] {
  const population = new Population(new PointSpace(space), survival(size));
  population.read(view(rows), { space, metrics: [A, B], ...(limits !== undefined && { limits }) });
  return population.members.map(({ trial }) => trial);
}

describe("Population", () => {
  it("gives up what is dominated, then what has the nearest neighbours", () => {
    expect(alive(3, [[[1, 1]], [[2, 2]], [[3, 1]], [[0, 0]]])).toEqual([0, 1, 3]);
    expect(alive(3, [[[0, 0]], [[1, 1]], [[8, 8]], [[9, 9]]])).toEqual([0, 2, 3]);
  });

  it("takes complete trials with all objectives alone", () => {
    expect(alive(9, [[[1, 1]], [[1, Number.NaN]], [[0, 5], "failed"], [[0, 5], "pruned"], [[2, 2]]])).toEqual([0, 4]);
  });

  it("gives up what breaks limits most, before all that keep them", () => {
    const rows: readonly Row[] = [[[5, 0]], [[9, 9]], [[7, 9]], [[8, 9]], [[6, 0]]];
    expect(alive(3, rows, ["a <= 6"])).toEqual([0, 2, 4]);
    expect(alive(1, rows, ["a <= 1"])).toEqual([0]);
  });

  it("gives up what is no better than a reference before all that is better than each", () => {
    const within = (rows: readonly Row[], size: number, limits: readonly string[] = []) => {
      const population = new Population(new PointSpace(space), survival(size));
      const metrics = [
        { ...A, reference: 5 },
        { ...B, reference: 1 },
      ];
      population.read(view(rows), { space, metrics, limits });
      return population.members.map(({ trial }) => trial);
    };
    // By dominance all but the last two are on one front.
    const rows: readonly Row[] = [[[5, 9]], [[0, 1]], [[2, 3]], [[3, 4]], [[4, 2]], [[9, 0]]];
    expect(within(rows, 3)).toEqual([2, 3, 4]);
    expect(within(rows, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(within(rows, 2)).toEqual([2, 3]);
    // What breaks a limit comes behind both.
    expect(within(rows, 3, ["a >= 3"])).toEqual([0, 3, 4]);
    expect(within(rows.slice(0, 2), 1)).toEqual([1]);
  });

  it("counts nothing beyond a goal, tells apart by raw values what is alike then, and goes on by these once all are met", () => {
    const goals = (rows: readonly Row[], size: number) => {
      const population = new Population(new PointSpace(space), survival(size));
      population.read(view(rows), {
        space,
        metrics: [
          { ...A, goal: 2 },
          { ...B, goal: 9 },
        ],
      });
      return population.members.map(({ trial }) => trial);
    };
    // By raw values none of these dominates another.
    const rows: readonly Row[] = [[[0, 4]], [[1, 5]], [[2, 6]], [[3, 7]]];
    expect(goals(rows, 2)).toEqual([2, 3]);
    expect(goals([[[1, 5]], [[0, 5]], [[3, 7]], [[2, 5]]], 2)).toEqual([1, 2]);
    // The last one meets both: the first is as good as any again.
    expect(goals([[[0, 4]], [[2, 9]]], 2)).toEqual([0, 1]);
    const met: readonly Row[] = [[[2, 9]], [[0, 4]], [[1, 5]], [[9, 8]]];
    expect(goals(met, 3)).toEqual([0, 1, 2]);
  });

  it("comes to the same by looks at a time as by one", () => {
    const stream = keyedStreams(6).stream("rows");
    const rows: readonly Row[] = Array.from({ length: 60 }, () => [[stream.float(), 10 * stream.float()]]);
    const judging = { space, metrics: [{ ...A, goal: 0.1 }, B], limits: ["a <= -0.5", "b >= 12"] };
    const often = new Population(new PointSpace(space), survival(8));
    for (let count = 1; count <= rows.length; count++) often.read(view(rows.slice(0, count)), judging);
    const once = new Population(new PointSpace(space), survival(8));
    once.read(view(rows), judging);
    expect(once.members.map(({ trial }) => trial)).toEqual(often.members.map(({ trial }) => trial));
  });

  it("is made anew when limits change, trials are hidden or the view is of another past", () => {
    const population = new Population(new PointSpace(space), survival(2));
    const rows: readonly Row[] = [[[1, 1]], [[2, 2]], [[3, 3]]];
    const read = (rows: readonly Row[], limits?: readonly string[], hidden?: readonly number[]) => {
      population.read(view(rows, hidden), { space, metrics: [A, B], ...(limits !== undefined && { limits }) });
      return population.members.map(({ trial }) => trial);
    };
    expect(read(rows)).toEqual([0, 2]);
    expect(read(rows, ["a >= 2"])).toEqual([1, 2]);
    expect(read(rows)).toEqual([0, 2]);
    expect(read(rows, undefined, [2])).toEqual([0, 1]);
  });

  it("ranks feasible members by fronts, then the others by what they break", () => {
    const population = new Population(new PointSpace(space), survival(9));
    population.read(view([[[9, 0]], [[1, 1]], [[7, 0]], [[2, 0]], [[7, 3]], [[0, 0]]]), {
      ...{ space, metrics: [A, B], limits: ["a <= 5"] },
    });
    expect([...population.ranks()]).toEqual([3, 0, 2, 1, 2, 0]);
  });
});
