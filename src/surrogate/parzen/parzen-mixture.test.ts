import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { BANDWIDTH_FLOORS } from "./bandwidth-floors.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import { ParzenKernel } from "./parzen-kernel.ts";
import { ParzenMembers } from "./parzen-members.ts";
import { ParzenMixture } from "./parzen-mixture.ts";
import { ParzenPoints } from "./parzen-points.ts";
import { type Member, plainLogDensity } from "./plain-mixture.testing.ts";

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

const members = (rows: readonly Row[]): readonly Member[] =>
  rows.map((row, number) => ({ number, values: place(row) }));

function add(to: ParzenMembers, some: readonly Member[]): void {
  to.addAll(
    some.map(({ number }) => number),
    some.flatMap(({ values }) => values),
  );
}

const empty = (axes: readonly ParzenAxis[] = AXES) => new ParzenMembers(axes, new ParzenKernel());

function mixtureOf(some: readonly Member[]): ParzenMixture {
  const held = empty();
  add(held, some);
  return new ParzenMixture(held);
}

/** Axes of all types, values that lie together or apart, ties, and what happens to the members. */
const histories = fc.record({
  axes: fc.array(
    fc.constantFrom<ParzenAxis>(
      { type: "continuous" },
      { type: "cells" },
      { type: "choice", size: 1 },
      { type: "choice", size: 3 },
    ),
    { minLength: 1, maxLength: 7 },
  ),
  seed: fc.nat(),
  spread: fc.constantFrom(1, 0.2, 0.01, 0),
  floor: fc.constantFrom(...Object.values(BANDWIDTH_FLOORS)),
  steps: fc.array(fc.record({ count: fc.constantFrom(0, 1, 1, 2, 9, 60), removed: fc.nat(4) }), {
    minLength: 1,
    maxLength: 6,
  }),
  asked: fc.integer({ min: 1, max: 25 }),
});

/** Where an axis' observations and points lie; cells are 64ths. */
function drawnPlace(axis: ParzenAxis, float: () => number, spread: number): number {
  if (axis.type === "choice") return Math.floor(float() * axis.size);
  const x = 0.37 + (float() - 0.37) * (float() < 0.1 ? 1 : spread);
  return axis.type === "cells" ? (Math.min(63, Math.floor(64 * x)) + 0.5) / 64 : x;
}

function drawnPoints(axes: readonly ParzenAxis[], count: number, float: () => number, spread: number): ParzenPoints {
  const points = new ParzenPoints(axes, count);
  for (let at = 0; at < points.values.length; at++) {
    const x = drawnPlace(axes[at % axes.length]!, float, spread);
    points.values[at] = x;
    points.lower[at] = x - 1 / 128;
    points.upper[at] = x + 1 / 128;
  }
  return points;
}

describe("ParzenMixture", () => {
  it.each(golden.cases.map((one) => [one.observations.length, one] as const))(
    "has Optuna's log density with %d observations",
    (_, { observations, points, log }) => {
      const ours = density(mixtureOf(members(observations)), pointsOf(points));
      for (const [i, expected] of log.entries()) expect(ours[i]).toBeCloseTo(expected, 10);
    },
  );

  it("has the bits of its plainest form, however its members came and went", () => {
    fc.assert(
      fc.property(histories, ({ axes, seed, spread, floor, steps, asked }) => {
        const stream = keyedStreams(seed).stream("history");
        const float = () => stream.float();
        const held = empty(axes);
        const mixtures = [new ParzenMixture(held, floor), new ParzenMixture(held)] as const;
        let left: readonly Member[] = [];
        let next = 0;
        for (const { count, removed } of steps) {
          const gone = left.filter(({ number }) => number % 7 < removed);
          for (const { number } of gone) held.remove(number);
          // Numbers that were away come back with other values, and before others.
          const numbers = [...gone.slice(0, count).map(({ number }) => number)];
          while (numbers.length < count) numbers.push(next++);
          const fresh = numbers.map((number) => ({
            number,
            values: axes.map((axis) => drawnPlace(axis, float, spread)),
          }));
          add(held, fresh);
          left = [...left.filter((member) => !gone.includes(member)), ...fresh];
          const points = drawnPoints(axes, asked, float, spread);
          expect(held.size).toBe(left.length);
          expect(density(mixtures[0], points)).toEqual(plainLogDensity(axes, floor, left, points));
          if (next % 2 === 0)
            expect(density(mixtures[1], points)).toEqual(plainLogDensity(axes, BANDWIDTH_FLOORS.wide, left, points));
        }
      }),
      { numRuns: 150 },
    );
  });

  it("takes no more memory as members come and go, nor as it is asked again", () => {
    const kernel = new ParzenKernel();
    const held = new ParzenMembers(AXES, kernel);
    add(held, members(randomRows(30, "rows")));
    const mixture = new ParzenMixture(held);
    const points = pointsOf(randomRows(20, "points"));
    const first = density(mixture, points);
    const top = kernel.alloc(0);
    const [row] = members(randomRows(1, "more"));
    for (let number = 30; number < 60; number++) {
      add(held, [{ ...row!, number }]);
      density(mixture, points);
      mixture.weightsGiven(points, [0]);
      held.remove(number);
    }
    expect(density(mixture, points)).toEqual(first);
    expect(kernel.alloc(0)).toBe(top);
  });

  it("knows what it holds, and takes out nothing that it does not", () => {
    const held = empty();
    add(held, members(randomRows(40, "rows")));
    held.remove(7777);
    expect([held.size, held.has(39), held.has(40)]).toEqual([40, true, false]);
    const { values } = members(randomRows(40, "rows"))[3]!;
    expect([held.holds(3, values), held.holds(4, values), held.holds(99, values)]).toEqual([true, false, false]);
    held.remove(3);
    expect([held.size, held.has(3), held.holds(3, values)]).toEqual([39, false, false]);
  });

  it("keeps ties apart by number: equal observations in any order", () => {
    const rows = [0.5, 0.5, 0.2, 0.5, 0.2].map((x): Row => [x, 3, 1]);
    const points = pointsOf(randomRows(20, "points"));
    const forward = density(mixtureOf(members(rows)), points);
    expect(density(mixtureOf([...members(rows)].reverse()), points)).toEqual(forward);
  });

  it("is a density: it integrates and sums to 1", () => {
    const mixture = mixtureOf(members(randomRows(40, "rows")));
    const rows: Row[] = [];
    for (let i = 0; i < 200; i++)
      for (let k = 1; k <= 200; k++) for (let c = 0; c < 3; c++) rows.push([(i + 0.5) / 200, k, c]);
    const total = density(mixture, pointsOf(rows)).reduce((sum, log) => sum + Math.exp(log) / 200, 0);
    expect(total).toBeCloseTo(1, 3);
  });

  it("draws what is left of a point as often as its density says, given the rest", () => {
    const mixture = mixtureOf(
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

  it.each([1, 25, 26, 27, 40])(
    "weighs the newest 25 of %d members fully, and those before less the older they are",
    (count) => {
      // All alike: what each weighs is its weight alone, beside the prior's.
      const alike = Array.from({ length: count }, (): Row => [0.5, 100, 1]);
      const weights = mixtureOf(members(alike)).weightsGiven(pointsOf([[0.5, 100, 1]]), []);
      expect(weights).toHaveLength(count + 1);
      const ramp = Math.max(0, count - 25);
      for (let m = 0; m < count; m++) {
        const share = ramp < 2 ? 0 : Math.min(1, m / (ramp - 1));
        const expected = m >= ramp ? 1 : 1 / count + share * (1 - 1 / count);
        expect(weights[m], `member ${m}`).toBeCloseTo(expected, 12);
      }
      expect(weights[count]).toBe(1);
    },
  );

  it("weighs members of a given choice by how much likelier it is of them", () => {
    const mixture = mixtureOf(
      members([
        [0.2, 50, 0],
        [0.3, 75, 1],
        [0.8, 170, 1],
      ]),
    );
    const weights = mixture.weightsGiven(pointsOf([[0.5, 100, 1]]), [2]);
    // Of three choices with three members: 5 of 7 for its own, 1 of 7 for each other, a third for the prior.
    expect(weights[0]! / weights[1]!).toBeCloseTo(1 / 5, 12);
    expect(weights[2]).toBe(weights[1]);
    expect(weights[3]! / weights[1]!).toBeCloseTo(7 / 15, 12);
    // However small the density there is, the largest is 1.
    expect(weights.toSorted().at(-1)).toBe(1);
    expect(
      mixture
        .weightsGiven(pointsOf([[0.999, 1, 2]]), [0, 1, 2])
        .toSorted()
        .at(-1),
    ).toBe(1);
  });

  it("draws old members less often than new ones", () => {
    const count = 60;
    // Two places, the older half of the members at one of them.
    const mixture = mixtureOf(
      members(Array.from({ length: count }, (_, m): Row => [m < 30 ? 0.1 : 0.9, 100, m < 30 ? 0 : 2])),
    );
    const stream = keyedStreams(4).stream("draws");
    const drawn = Array.from({ length: 4_000 }, () => {
      const draw = new Float64Array(3);
      mixture.sample(stream, draw);
      return draw[2]!;
    });
    const joint = density(
      mixture,
      pointsOf([0, 1, 2].flatMap((c) => Array.from({ length: 200 }, (_, k): Row => [0.5, k + 1, c]))),
    );
    expect(joint.every(Number.isFinite)).toBe(true);
    const share = (c: number): number => drawn.filter((one) => one === c).length / drawn.length;
    // The older 30 weigh 12.8 of 38.8 together with the prior: a third of what the newer ones do, and choices leak a little.
    expect(share(0)).toBeGreaterThan(0.2);
    expect(share(0)).toBeLessThan(0.4);
    expect(share(2)).toBeGreaterThan(0.55);
  });

  it("draws each part of the space as often as its density says", () => {
    const mixture = mixtureOf(
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
