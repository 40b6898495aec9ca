import fc from "fast-check";
import { expect, it } from "vitest";
import { Recent } from "./recent.ts";

it("keeps what was kept last, as much as may be, and the newest however heavy it is", () => {
  const step = fc.record({ key: fc.nat(6), weight: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (steps, most) => {
      const recent = new Recent<number>(most, (weight) => weight);
      let kept: { readonly key: number; readonly weight: number }[] = [];
      const tooMuch = () => kept.reduce((sum, each) => sum + each.weight, 0) > most;
      for (const one of steps) {
        recent.keep(one.key, one.weight);
        const place = kept.findIndex(({ key }) => key === one.key);
        kept = place < 0 ? [...kept, one] : kept.with(place, one);
        while (tooMuch() && kept.length > 1) kept.splice(kept[0]!.key === one.key ? 1 : 0, 1);
        for (let asked = 0; asked <= 6; asked++)
          expect(recent.get(asked)).toBe(kept.find(({ key }) => key === asked)?.weight);
      }
    }),
  );
});

it("weighs a value that grows when it is kept again", () => {
  const recent = new Recent<number[]>(4, ({ length }) => length);
  const [first, second] = [[1], [1, 2]];
  recent.keep(1, first);
  recent.keep(2, second);
  second.push(3, 4);
  expect(recent.get(1)).toBe(first);
  recent.keep(2, second);
  expect([recent.get(1), recent.get(2)]).toEqual([undefined, second]);
});
