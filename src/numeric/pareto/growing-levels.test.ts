import fc from "fast-check";
import { expect, it } from "vitest";
import { dominanceRanks } from "./dominance-ranks.ts";
import { GrowingLevels } from "./growing-levels.ts";

const place = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const points = fc
  .integer({ min: 1, max: 4 })
  .chain((dimension) => fc.array(fc.array(place, { minLength: dimension, maxLength: dimension }), { maxLength: 40 }));

it("has the fronts of all points that came, in whatever order, equal ones and those that push whole fronts on among them", () => {
  fc.assert(
    fc.property(points, (all) => {
      const levels = new GrowingLevels();
      for (const [k, point] of all.entries()) {
        const seen = dominanceRanks(all.slice(0, k + 1));
        expect(levels.levelOf(point)).toBe(seen[k]);
        levels.add(k, point);
        const byLevel = levels.sizes.map((_size, level) => levels.at(level).map(({ id }) => id));
        const wanted = byLevel.map((_ids, level) => [...seen.keys()].filter((id) => seen[id] === level));
        expect(byLevel).toEqual(wanted);
        expect(byLevel.flat()).toHaveLength(k + 1);
      }
    }),
  );
});

it("has the fronts of the points that are there after others went", () => {
  const course = points.chain((all) => fc.tuple(fc.constant(all), fc.array(fc.nat(), { maxLength: all.length })));
  fc.assert(
    fc.property(course, ([all, leaving]) => {
      const levels = new GrowingLevels();
      for (const [k, point] of all.entries()) levels.add(k, point);
      const there = [...all.keys()];
      for (const which of leaving) {
        const [gone] = there.splice(which % there.length, 1);
        levels.delete(gone!, all[gone!]!);
        const seen = dominanceRanks(there.map((id) => all[id]!));
        const byLevel = levels.sizes.map((_size, level) => levels.at(level).map(({ id }) => id));
        expect(byLevel).toEqual(byLevel.map((_ids, level) => there.filter((_id, place) => seen[place] === level)));
        expect(levels.length).toBe(there.length);
        expect(levels.levelWith((id) => id === there[0])).toBe(there.length === 0 ? -1 : seen[0]);
      }
    }),
  );
});
