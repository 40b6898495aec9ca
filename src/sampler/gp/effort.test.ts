import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Effort, effortFor } from "./effort.ts";

const operations = fc.integer({ min: 1, max: 12_000 }).map((tenths) => Math.round(Math.exp(tenths / 350)));
const rows = fc.integer({ min: 2, max: 5000 });
const features = fc.integer({ min: 1, max: 150 });

it("is the usual work, whatever the history, when no operations are given", () => {
  expect(effortFor(null, 10, 3)).toEqual(effortFor(null, 4000, 100));
  expect(effortFor(null, 10, 3)).toMatchObject({ random: 300, mutations: 200, climbs: 4, fitRows: 200 });
});

it("gives never less of anything for more operations", () => {
  fc.assert(
    fc.property(operations, operations, rows, features, (a, b, n, d) => {
      const [less, more] = [effortFor(Math.min(a, b), n, d), effortFor(Math.max(a, b), n, d)];
      for (const key of Object.keys(less) as (keyof Effort)[]) expect(more[key]).toBeGreaterThanOrEqual(less[key]);
    }),
    { numRuns: 1000 },
  );
});

it("always does some of everything, in whole numbers, on no more rows than there are", () => {
  fc.assert(
    fc.property(operations, rows, features, (count, n, d) => {
      const effort = effortFor(count, n, d);
      for (const key of Object.keys(effort) as (keyof Effort)[]) expect(Number.isInteger(effort[key])).toBe(true);
      expect(effort.fitRows).toBeGreaterThanOrEqual(Math.min(n, 30));
      expect(effort.fitRows).toBeLessThanOrEqual(Math.min(n, 400));
      expect(effort.modelRows).toBeGreaterThanOrEqual(Math.min(n, 50));
      expect(effort.modelRows).toBeLessThanOrEqual(Math.min(n, 400));
      expect(effort.warmEvaluations).toBeGreaterThanOrEqual(4);
      expect(effort.random).toBeGreaterThanOrEqual(30);
      expect(effort.mutations).toBeGreaterThanOrEqual(20);
      expect(effort.climbs).toBeGreaterThanOrEqual(1);
      expect(effort.children).toBeGreaterThanOrEqual(2);
      expect(effort.children).toBeLessThanOrEqual(15);
    }),
  );
});

it("stays within the operations once they are many enough for the least of everything", () => {
  const count = 200e6;
  for (const n of [20, 100, 300, 1000]) {
    const { fitRows: m, warmEvaluations, modelRows, random, mutations, climbs } = effortFor(count, n, 10);
    const fit = warmEvaluations * (m * m * m + 40 * m * m);
    const model = 2 * modelRows * modelRows * modelRows;
    const candidate = 0.6 * modelRows * modelRows + 30 * modelRows;
    const search = (random + mutations) * candidate + climbs * 25 * candidate;
    expect(fit + model + search).toBeLessThan(count);
  }
});

/** SHA-256 (12 digits): suggestions are made with these numbers and stored studies replayed, so a change needs a new ENGINE. */
it("is what it was for any time, number of trials and of parameters", () => {
  const operations = [null, 1e4, 1e5, 3e5, 1e6, 3e6, 1e7, 3e7, 1e8, 3e8, 1e9, 3e9, 1e10, 3e10, 1e12];
  const efforts = operations.flatMap((given) =>
    [1, 29, 30, 31, 48, 49, 50, 51, 120, 399, 400, 401, 5_000].flatMap((rows) =>
      [1, 3, 20, 90].map((features) => effortFor(given, rows, features)),
    ),
  );
  expect(createHash("sha256").update(JSON.stringify(efforts)).digest("hex").slice(0, 12)).toBe("13d295f03ddb");
});
