import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrialRecord } from "../evolve/trial-record.ts";
import { toTrial } from "../evolve/trial-record.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import { PackedTrials } from "./packed-trials.ts";
import { anyRecords, plainRecord } from "./records.testing.ts";

function expectSame(packed: PackedTrials, records: readonly TrialRecord[]): void {
  expect([...packed.numbers()]).toEqual(records.map(({ number }) => number));
  for (const record of records) {
    const read = packed.get(record.number)!.loose();
    expect(plainRecord(read)).toStrictEqual(plainRecord(record));
    expect(JSON.stringify(toTrial(packed.get(record.number)!))).toBe(JSON.stringify(toTrial(read)));
    expect(JSON.stringify(toTrial(read))).toBe(JSON.stringify(toTrial({ ...record, shown: null })));
    for (const [k, end] of record.ends.entries())
      expect(read.ends[k]!.values === read.values).toBe(end.values === record.values);
  }
}

describe("PackedTrials", () => {
  it("gives back any record as it was, in all fields and in the order of all keys", () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        expectSame(new PackedTrials(PackedTrials.pack(records)), records);
      }),
      { numRuns: 300 },
    );
  });

  it("gives back the records of every study", () => {
    const spaces = [{ parameters: [] }];
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), (sequence) => {
        const simulation = new Simulation({ spaces, limit: null });
        for (const draw of sequence) simulation.step(draw);
        const { trials } = simulation.state.tables;
        const records = [...trials];
        expectSame(new PackedTrials(PackedTrials.pack(records), trials.shelf), records);
      }),
      { numRuns: 100 },
    );
  });

  it("tells how many reports there were at a revision", () => {
    fc.assert(
      fc.property(anyRecords, fc.nat(20), (records, revision) => {
        const packed = new PackedTrials(PackedTrials.pack(records));
        for (const { number, reports } of records)
          expect(packed.get(number)!.reports.lengthAt(revision)).toBe(reports.lengthAt(revision));
      }),
    );
  });

  it("knows no other trials than its own", () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const packed = new PackedTrials(PackedTrials.pack(records));
        const own = new Set(records.map(({ number }) => number));
        for (let number = 2_040; number < 2_080; number++)
          if (!own.has(number)) expect(packed.get(number)).toBeUndefined();
      }),
    );
  });

  it("begins its bytes with their length, the form's version, how many trials there are and the number of the first", () => {
    const [records] = fc.sample(
      anyRecords.filter(({ length }) => length > 1),
      { numRuns: 1, seed: 7 },
    );
    const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer);
    const header = (bytes: Uint8Array): readonly number[] => [
      ...[view(bytes).getUint32(0, true), bytes[4]!, view(bytes).getUint32(5, true), view(bytes).getFloat64(9, true)],
    ];
    const [none, some] = [PackedTrials.pack([]), PackedTrials.pack(records!)];
    expect(header(none)).toEqual([none.length, 6, 0, 0]);
    expect(header(some)).toEqual([some.length, 6, records!.length, records![0]!.number]);
  });

  it("refuses bytes of another version", () => {
    const bytes = PackedTrials.pack([]);
    bytes[4] = 99;
    expect(() => new PackedTrials(bytes)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
  });

  it("refuses bytes that are cut off, and says so when others are damaged", () => {
    const [records] = fc.sample(
      anyRecords.filter(({ length }) => length > 3),
      { numRuns: 1, seed: 7 },
    );
    const bytes = PackedTrials.pack(records!);
    expect(() => new PackedTrials(bytes.subarray(0, bytes.length - 1))).toThrow(SyntaxError);
    expect(() => new PackedTrials(new Uint8Array(0))).toThrow(SyntaxError);
    bytes.fill(255, 20);
    expect(() => new PackedTrials(bytes).get(records![0]!.number)).toThrow(
      expect.objectContaining({ code: "storage-corrupt" }),
    );
  });

  it("has no trial between two", () => {
    const [records] = fc.sample(
      anyRecords.filter(({ length }) => length > 1),
      { numRuns: 1, seed: 7 },
    );
    const packed = new PackedTrials(PackedTrials.pack(records!));
    const first = records![0]!.number;
    expect([first + 0.5, first - 1, Number.NaN].map((number) => packed.get(number))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(packed.get(first)?.number).toBe(first);
  });

  it("says which of its columns cannot be read when one is looked at", () => {
    const record = fc.sample(
      anyRecords.filter(({ length }) => length === 1),
      { numRuns: 1, seed: 7 },
    )[0]![0]!;
    const bytes = PackedTrials.pack([record]);
    const place = Buffer.from(bytes).indexOf(JSON.stringify(record.origin));
    bytes[place] = 123;
    const read = new PackedTrials(bytes).get(record.number)!;
    expect(read.state).toBe(record.state);
    expect(() => read.origin).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
  });

  it("keeps what is read apart from what is held", () => {
    const [record] = fc.sample(
      anyRecords.filter((records) => records.length > 0),
      { numRuns: 1, seed: 7 },
    )[0]!;
    const packed = new PackedTrials(PackedTrials.pack([record!]));
    const read = packed.get(record!.number)!.loose();
    read.invalid.push({ from: 1, to: null });
    read.ends.length = 0;
    read.segments.push({ until: null, attempts: [] });
    for (const segment of read.segments) segment.attempts.length = 0;
    read.reports.push({ step: 1, values: {} }, 9_000_000_000);
    expect(plainRecord(packed.get(record!.number)!)).toStrictEqual(plainRecord(record!));
  });
});
