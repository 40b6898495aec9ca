import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report, Values } from "../trial.ts";
import { PackedReports } from "./packed-reports.ts";
import { ReportList } from "./report-list.ts";
import { ReportShelf } from "./report-shelf.ts";

/** As JSON can carry it. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const value = fc.oneof(finite, fc.constantFrom("NaN", "Infinity", "-Infinity"));
const usual = fc.record({ loss: finite, seconds: fc.nat() }, { noNullPrototype: true });
const values = fc.oneof(usual, fc.dictionary(fc.string(), value, { noNullPrototype: true })) as fc.Arbitrary<Values>;
const reports = fc.array(fc.record({ step: finite, values, later: fc.nat(2) }));

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
  it("becomes the same bytes whether its values are packed as numbers or as objects", () => {
    const same = fc.array(fc.record({ step: finite, values: usual as fc.Arbitrary<Values>, later: fc.nat(2) }));
    const none = fc.array(fc.record({ step: finite, values: fc.constant<Values>({}), later: fc.nat(2) }));
    const alike = fc.tuple(same, finite).map(([given, loss]) => given.map((one) => ({ ...one, values: { loss } })));
    fc.assert(
      fc.property(fc.oneof(same, none, alike, reports), (given) => {
        const { list } = listed(given);
        const source = {
          length: list.length,
          step: (place: number) => list.step(place),
          revision: (place: number) => list.revision(place),
          values: (place: number) => list.values(place),
          value: (place: number, metric: string) => list.value(place, metric),
        };
        if (given.length === 0) return;
        expect(list.pack()).toEqual(PackedReports.pack(source).bytes);
      }),
    );
  });

  it("knows the metrics that all of its reports have as numbers", () => {
    const list = new ReportList();
    list.push({ step: 1, values: { loss: 1, ms: 2 } }, 1);
    expect(list.names).toEqual(["loss", "ms"]);
    list.push({ step: 2, values: { loss: 1 } }, 2);
    expect(list.names).toBeNull();
  });

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

  it("is the same after it was settled, and in bytes", () => {
    fc.assert(
      fc.property(reports, reports, fc.nat(60), (given, more, revision) => {
        const { list } = listed(given);
        const expected = JSON.stringify(list.first());
        const known = list.lengthAt(revision);
        const bytes = list.pack();
        if (given.length > 0) expect(JSON.stringify(new ReportList(new PackedReports(bytes)).first())).toBe(expected);
        const shelf = new ReportShelf();
        list.settle((packed) => shelf.put(packed, 1_000));
        expect(JSON.stringify(list.first())).toBe(expected);
        expect(list.lengthAt(revision)).toBe(known);
        expect(Buffer.from(list.pack())).toEqual(Buffer.from(bytes));
        for (const { step, values: reported } of more) list.push({ step, values: reported }, 1_000);
        expect(list.first(given.length)).toStrictEqual(JSON.parse(expected));
        expect(list.first().slice(given.length)).toStrictEqual(
          more.map(({ step, values: reported }, k) => ({ seq: given.length + k, step, values: reported })),
        );
      }),
    );
  });

  it("shows the same objects while more come", () => {
    const { list } = listed([{ step: 1, values: { loss: 1 }, later: 1 }]);
    const [first] = list.first();
    list.push({ step: 2, values: { loss: 2 } }, 9);
    expect(list.first()[0]).toBe(first);
    expect(list.first(1)).toEqual([first]);
  });

  it("takes few bytes a report", () => {
    const list = new ReportList();
    for (let step = 0; step < 1_000; step++) list.push({ step, values: { loss: Math.sqrt(step) } }, 5 + 3 * step);
    expect(list.pack().length).toBeLessThan(8 * 1_000 + 128);
  });

  it("takes hardly more for steps and revisions of reports that came together", () => {
    const list = new ReportList();
    for (let step = 1; step <= 10_000; step++)
      list.push({ step, values: { loss: 1 / step } }, 7 + Math.floor(step / 500));
    expect(list.pack().length).toBeLessThan(8 * 10_000 + 512);
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
    const before = new ReportList();
    for (const place of [0, 1]) before.push({ step: 10 * place, values: { loss: place } }, place);
    const list = new ReportList(new PackedReports(before.pack()));
    list.push({ step: 20, values: { loss: "NaN" } }, 7);
    expect(list.first()).toEqual([
      { seq: 0, step: 0, values: { loss: 0 } },
      { seq: 1, step: 10, values: { loss: 1 } },
      { seq: 2, step: 20, values: { loss: "NaN" } },
    ]);
    expect([0, 1, 6, 7].map((revision) => list.lengthAt(revision))).toEqual([1, 2, 2, 3]);
  });
});
