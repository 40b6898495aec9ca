import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report, Values } from "../trial.ts";
import { ReportList } from "./report-list.ts";

const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom("NaN", "Infinity", "-Infinity"));
const usual = fc.record({ loss: fc.double({ noNaN: true }), seconds: fc.nat() }, { noNullPrototype: true });
const values = fc.oneof(usual, fc.dictionary(fc.string(), value, { noNullPrototype: true })) as fc.Arbitrary<Values>;
const reports = fc.array(fc.record({ step: fc.double({ noNaN: true }), values, later: fc.nat(2) }));

/** What was reported, with the revision at which each came. */
function listed(given: readonly { readonly step: number; readonly values: Values; readonly later: number }[]) {
  const list = new ReportList();
  const plain: { readonly report: Report; readonly revision: number }[] = [];
  let revision = 0;
  for (const [seq, { step, values, later }] of given.entries()) {
    revision += later;
    list.push({ step, values }, revision);
    plain.push({ report: { seq, step, values }, revision });
  }
  return { list, plain };
}

describe("ReportList", () => {
  it("gives back what was pushed, whatever names and words it has", () => {
    fc.assert(
      fc.property(reports, (given) => {
        const { list, plain } = listed(given);
        const expected = plain.map(({ report }) => report);
        expect([...list]).toStrictEqual(expected);
        expect(list.first()).toStrictEqual(expected);
        expect(JSON.stringify(list.first(2))).toBe(JSON.stringify(expected.slice(0, 2)));
        expect(list.at(-1)).toStrictEqual(expected.at(-1));
        expect(list.at(list.length)).toBeUndefined();
        expect(list.at(-1 - list.length)).toBeUndefined();
      }),
    );
  });

  it("counts those that were there at a revision", () => {
    fc.assert(
      fc.property(reports, fc.nat(60), (given, revision) => {
        const { list, plain } = listed(given);
        expect(list.lengthAt(revision)).toBe(plain.filter((one) => one.revision <= revision).length);
        expect(plain.map((_one, seq) => list.revision(seq))).toEqual(plain.map((one) => one.revision));
      }),
    );
  });

  it("goes on after those that another holds", () => {
    const held = {
      length: 2,
      step: (place: number) => 10 * place,
      revision: (place: number) => place,
      values: (place: number) => ({ loss: place }),
    };
    const list = new ReportList(held);
    list.push({ step: 20, values: { loss: "NaN" } }, 7);
    expect(list.first()).toEqual([
      { seq: 0, step: 0, values: { loss: 0 } },
      { seq: 1, step: 10, values: { loss: 1 } },
      { seq: 2, step: 20, values: { loss: "NaN" } },
    ]);
    expect([0, 1, 6, 7].map((revision) => list.lengthAt(revision))).toEqual([1, 2, 2, 3]);
  });
});
