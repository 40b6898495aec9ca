import fc from "fast-check";
import { expect, it } from "vitest";
import { SortedSlots } from "./sorted-slots.ts";

const key = fc.oneof(fc.constantFrom(0, -0, 0.5, 1, 1e6), fc.double({ min: 0, max: 2e6, noNaN: true }));

it("holds slots by key and, where keys are equal, by the second key, however they came and went", () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 80 }), fc.array(fc.nat(), { maxLength: 40 }), (keys, changes) => {
      const ties = keys.map((_, slot) => (slot * 7919) % 8191);
      const sorted = new SortedSlots(
        (slot) => keys[slot]!,
        (slot) => ties[slot]!,
      );
      const byTie = [...keys.keys()].sort((a, b) => ties[a]! - ties[b]!);
      const right = (slots: readonly number[]) => [...slots].sort((a, b) => keys[a]! - keys[b]! || ties[a]! - ties[b]!);
      sorted.replace(byTie);
      expect([...sorted.slots]).toEqual(right(byTie));
      const held = new Set(byTie);
      for (const change of keys.length === 0 ? [] : changes) {
        const slot = change % keys.length;
        const before = right([...held]);
        if (held.delete(slot)) expect(sorted.remove(slot)).toBe(before.indexOf(slot));
        else {
          held.add(slot);
          expect(sorted.add(slot)).toBe(right([...held]).indexOf(slot));
        }
        expect([...sorted.slots]).toEqual(right([...held]));
        expect(sorted.size).toBe(held.size);
      }
    }),
  );
});

it("sorts thousands, and starts anew with fewer", () => {
  const keys = Array.from({ length: 5000 }, (_, slot) => ((slot * 7919) % 1009) / 1009);
  const sorted = new SortedSlots(
    (slot) => keys[slot]!,
    (slot) => slot,
  );
  sorted.replace([...keys.keys()]);
  expect([...sorted.slots]).toEqual([...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b));
  sorted.replace([4, 7]);
  expect([...sorted.slots]).toEqual([4, 7].sort((a, b) => keys[a]! - keys[b]!));
});

it("tells keys apart by every one of their bits", () => {
  const bits = Array.from({ length: 52 }, (_, bit) => 2 ** (bit - 52));
  const exponents = Array.from({ length: 40 }, (_, k) => 2 ** -(k * k));
  const keys = [0, 1, ...bits.map((bit) => 1 + bit), ...bits.map((bit) => 2 - bit), ...exponents.slice(1)];
  const sorted = new SortedSlots(
    (slot) => keys[slot]!,
    (slot) => slot,
  );
  // Every seventh, so that they come in no order.
  const slots = [...keys.keys()].map((k) => (k * 7) % keys.length);
  expect(new Set(slots).size).toBe(keys.length);
  sorted.replace(slots);
  expect([...sorted.slots].map((slot) => keys[slot])).toEqual([...keys].sort((a, b) => a - b));
});
