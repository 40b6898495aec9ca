import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberHeap } from "./number-heap.ts";

it("a heap has its smallest number on top, whatever was pushed and taken before", () => {
  const steps = fc.array(fc.option(fc.nat(50), { nil: null, freq: 2 }), { maxLength: 120, size: "max" });
  fc.assert(
    fc.property(steps, (given) => {
      const heap = new NumberHeap();
      const plain: number[] = [];
      for (const value of given) {
        if (value === null) {
          heap.pop();
          plain.shift();
        } else {
          heap.push(value);
          plain.push(value);
          plain.sort((a, b) => a - b);
        }
        expect(heap.peek()).toBe(plain[0]);
      }
      for (const value of plain) {
        expect(heap.peek()).toBe(value);
        heap.pop();
      }
      expect(heap.peek()).toBeUndefined();
    }),
  );
});
