import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VisibleRows } from "./visible-rows.ts";

describe("the rows that are not hidden", () => {
  it("are those that were added and not taken out, between any two; lists handed out stay", () => {
    const change = fc.record({ rows: fc.uniqueArray(fc.nat(200), { maxLength: 5 }), visible: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(null), change), { maxLength: 200 }),
        fc.nat(200),
        fc.nat(200),
        (steps, p, q) => {
          const visible = new VisibleRows();
          const shown = new Set<number>();
          const seen: { readonly rows: Int32Array; readonly expected: readonly number[] }[] = [];
          const [begin, end] = [Math.min(p, q), Math.max(p, q)];
          let length = 0;
          for (const step of steps) {
            if (step === null) {
              visible.add(length);
              shown.add(length++);
            } else {
              const rows = step.rows.filter((row) => row < length && shown.has(row) !== step.visible);
              visible.change(rows, step.visible);
              for (const row of rows) step.visible ? shown.add(row) : shown.delete(row);
            }
            const expected = [...shown].filter((row) => row >= begin && row < end).sort((a, b) => a - b);
            seen.push({ rows: visible.between(begin, end), expected });
          }
          for (const { rows, expected } of seen) expect([...rows]).toEqual(expected);
        },
      ),
    );
  });

  it("are the same numbers for one moment and for all later ones until some are hidden", () => {
    const visible = new VisibleRows();
    const buffers = new Set<ArrayBufferLike>();
    for (let row = 0; row < 10_000; row++) {
      visible.add(row);
      if (row === 5_000) visible.change([7], false);
      buffers.add(visible.between(0, row + 1).buffer);
    }
    expect(buffers.size).toBeLessThan(12);
  });
});
