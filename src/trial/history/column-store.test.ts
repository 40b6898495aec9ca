import { describe, expect, it } from "vitest";
import { defineSpace, float } from "../../space/index.ts";
import type { SegmentEnd } from "../evolve/trial-record.ts";
import { ColumnStore } from "./column-store.ts";

const { parameters } = defineSpace({ x: float(0, 1) });

function end(revision: number): SegmentEnd {
  return { segment: 0, revision, state: "complete", outcome: "ok", step: null, reports: 0, values: { loss: revision } };
}

describe("rows outside the space", () => {
  it("are marked in a list that is made anew only as the columns grow, however many there are", () => {
    const store = new ColumnStore(["loss"]);
    store.respace(parameters, () => ({ params: {}, within: true }));
    const lists = new Set([store.outside]);
    const count = 5_000;
    for (let row = 0; row < count; row++) {
      store.add(
        { number: row, configuration: row, replicate: null, params: { x: 3 }, within: row % 2 === 0 },
        end(row + 1),
      );
      lists.add(store.outside);
    }
    expect([...store.outside.subarray(0, count)].every((mark, row) => mark === row % 2)).toBe(true);
    expect(store.firstOutside).toBe(1);
    expect(lists.size).toBeLessThan(10);
  });

  it("are other ones in another space, and the list that was handed out stays", () => {
    const store = new ColumnStore(["loss"]);
    store.respace(parameters, () => ({ params: {}, within: true }));
    for (let row = 0; row < 100; row++)
      store.add(
        { number: row, configuration: row, replicate: null, params: { x: row }, within: row < 60 },
        end(row + 1),
      );
    const before = store.outside;
    store.respace(parameters, (trial) => ({ params: { x: trial }, within: trial >= 60 }));
    expect([before[59], before[60], before[99]]).toEqual([0, 1, 1]);
    expect([store.firstOutside, store.outside[59], store.outside[60]]).toEqual([0, 1, 0]);
    store.respace(parameters, (trial) => ({ params: { x: trial }, within: true }));
    expect(store.firstOutside).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("the columns of replicates", () => {
  it("hold place, seed and fold, and stay as the columns grow", () => {
    const store = new ColumnStore(["loss"]);
    store.respace(parameters, () => ({ params: {}, within: true }));
    for (let row = 0; row < 200; row++) {
      const replicate = row % 2 === 0 ? null : { index: row, seed: 2147483648 - row, fold: row % 3 === 0 ? 4 : null };
      store.add({ number: row, configuration: 0, replicate, params: {}, within: true }, end(row + 1));
    }
    const at = (row: number) => [store.columns.replicate[row], store.columns.seed[row], store.columns.fold[row]];
    expect(at(0)).toEqual([-1, Number.NaN, Number.NaN]);
    expect(at(1)).toEqual([1, 2147483648 - 1, Number.NaN]);
    expect(at(3)).toEqual([3, 2147483648 - 3, 4]);
  });
});
