import fc from "fast-check";
import { expect, it } from "vitest";
import { RankedList } from "./ranked-list.ts";

it("is in order whatever comes and goes, and knows how many come before another", () => {
  const number = fc.integer({ min: 0, max: 6_000 });
  fc.assert(
    fc.property(
      fc.nat(6_000),
      fc.array(fc.tuple(fc.boolean(), number), { maxLength: 60 }),
      number,
      (many, turns, one) => {
        const list = new RankedList<number>((a, b) => a - b);
        const plain = new Set<number>();
        for (let k = 0; k < many; k++) {
          const other = (k * 7_919) % 6_007;
          if (!plain.has(other)) list.add(other);
          plain.add(other);
        }
        for (const [comes, other] of turns) {
          if (!comes) list.delete(other);
          else if (!plain.has(other)) list.add(other);
          if (comes) plain.add(other);
          else plain.delete(other);
        }
        const sorted = [...plain].sort((a, b) => a - b);
        expect([...list]).toEqual(sorted);
        expect(list.length).toBe(sorted.length);
        expect(list.first).toBe(sorted[0]);
        expect(list.rankOf(one)).toBe(sorted.filter((other) => other < one).length);
      },
    ),
    { numRuns: 60 },
  );
});
