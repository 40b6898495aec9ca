import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import { ParzenMixture } from "./parzen-mixture.ts";
import { ParzenPoints } from "./parzen-points.ts";

type Row = readonly [number, number, number];
const golden = JSON.parse(readFileSync(new URL("golden/optuna.json", import.meta.url), "utf8")) as {
  readonly cases: readonly {
    readonly observations: readonly Row[];
    readonly points: readonly Row[];
    readonly log: readonly number[];
  }[];
};

/** A float in [0, 1], a whole number in 1..200 as cells, one of three choices. */
const AXES: readonly ParzenAxis[] = [{ type: "continuous" }, { type: "cells" }, { type: "choice", size: 3 }];
const place = ([x, k, c]: Row) => [x, (k - 0.5) / 200, c];

function pointsOf(rows: readonly Row[]): ParzenPoints {
  const points = new ParzenPoints(AXES, rows.length);
  for (const [i, row] of rows.entries()) {
    points.values.set(place(row), 3 * i);
    points.lower[3 * i + 1] = (row[1] - 1) / 200;
    points.upper[3 * i + 1] = row[1] / 200;
  }
  return points;
}

function density(mixture: ParzenMixture, points: ParzenPoints): Float64Array {
  const out = new Float64Array(points.count);
  mixture.logDensity(points, out);
  return out;
}

function randomRows(count: number, key: string): readonly Row[] {
  const stream = keyedStreams(5).stream(key);
  return Array.from({ length: count }, () => [stream.float(), 1 + stream.int(200), stream.int(3)] as const);
}

const members = (rows: readonly Row[]) => rows.map((row, number) => ({ number, values: place(row) }));

describe("ParzenMixture", () => {
  it.each(golden.cases.map((one) => [one.observations.length, one] as const))(
    "has Optuna's log density with %d observations",
    (_, { observations, points, log }) => {
      const mixture = new ParzenMixture(AXES);
      mixture.addAll(members(observations));
      const ours = density(mixture, pointsOf(points));
      for (const [i, expected] of log.entries()) expect(ours[i]).toBeCloseTo(expected, 10);
    },
  );

  it("has the same bits however its members came and went", () => {
    const rows = randomRows(180, "rows");
    const points = pointsOf(randomRows(20, "points"));
    const changing = new ParzenMixture(AXES);
    changing.addAll(members(rows).slice(60, 130).reverse());
    density(changing, points);
    for (const one of members(rows).slice(0, 60)) changing.addAll([one]);
    for (let number = 0; number < 130; number += 3) changing.remove(number);
    density(changing, points);
    changing.addAll(members(rows).slice(130));
    changing.remove(7777);
    const left = members(rows).filter(({ number }) => number >= 130 || number % 3 !== 0);
    const atOnce = new ParzenMixture(AXES);
    atOnce.addAll(left);
    expect(changing.size).toBe(left.length);
    expect(density(changing, points)).toEqual(density(atOnce, points));
  });

  it("keeps ties apart by number: equal observations in any order", () => {
    const rows = [0.5, 0.5, 0.2, 0.5, 0.2].map((x): Row => [x, 3, 1]);
    const [forward, backward] = [new ParzenMixture(AXES), new ParzenMixture(AXES)];
    forward.addAll(members(rows));
    backward.addAll(members(rows).reverse());
    const points = pointsOf(randomRows(20, "points"));
    expect(density(forward, points)).toEqual(density(backward, points));
  });

  it("is a density: it integrates and sums to 1", () => {
    const mixture = new ParzenMixture(AXES);
    mixture.addAll(members(randomRows(40, "rows")));
    const rows: Row[] = [];
    for (let i = 0; i < 200; i++)
      for (let k = 1; k <= 200; k++) for (let c = 0; c < 3; c++) rows.push([(i + 0.5) / 200, k, c]);
    const total = density(mixture, pointsOf(rows)).reduce((sum, log) => sum + Math.exp(log) / 200, 0);
    expect(total).toBeCloseTo(1, 3);
  });

  it("draws what is left of a point as often as its density says, given the rest", () => {
    const mixture = new ParzenMixture(AXES);
    mixture.addAll(
      members([
        [0.2, 50, 0],
        [0.3, 75, 0],
        [0.8, 170, 2],
      ]),
    );
    const weights = mixture.weightsGiven(pointsOf([[0.25, 160, 1]]), [0, 1]);
    const stream = keyedStreams(2).stream("draws");
    const counts = [0, 0, 0];
    const draw = new Float64Array(3);
    for (let i = 0; i < 20_000; i++) {
      mixture.sample(stream, draw, weights);
      counts[draw[2]!]!++;
    }
    const joint = density(mixture, pointsOf([0, 1, 2].map((c): Row => [0.25, 160, c]))).map(Math.exp);
    const total = joint.reduce((a, b) => a + b);
    for (const [c, count] of counts.entries()) expect(count / 20_000).toBeCloseTo(joint[c]! / total, 1.8);
    expect(joint[2]! / total).toBeGreaterThan(0.35);
    expect(mixture.weightsGiven(pointsOf([[0.25, 160, 1]]), []).at(-1)).toBe(1);
  });

  it("draws each part of the space as often as its density says", () => {
    const mixture = new ParzenMixture(AXES);
    mixture.addAll(
      members([
        [0.3, 50, 0],
        [0.35, 75, 0],
        [0.8, 170, 2],
      ]),
    );
    const stream = keyedStreams(1).stream("draws");
    const counts = new Array<number>(24).fill(0);
    const draw = new Float64Array(3);
    for (let i = 0; i < 20_000; i++) {
      mixture.sample(stream, draw);
      counts[Math.min(7, Math.floor(draw[0]! * 8)) * 3 + draw[2]!]!++;
    }
    const rows: Row[] = [];
    for (let x = 0; x < 160; x++)
      for (let k = 1; k <= 200; k++) for (let c = 0; c < 3; c++) rows.push([(x + 0.5) / 160, k, c]);
    const expected = new Array<number>(24).fill(0);
    for (const [i, log] of density(mixture, pointsOf(rows)).entries())
      expected[Math.floor(rows[i]![0] * 8) * 3 + rows[i]![2]]! += Math.exp(log) / 160;
    // Five standard errors of a share of 20,000 draws: a fixed seed, so no false alarms.
    for (const [box, share] of expected.entries())
      expect(Math.abs(counts[box]! / 20_000 - share)).toBeLessThan(
        5 * Math.sqrt((share * (1 - share)) / 20_000) + 1e-4,
      );
  });
});
