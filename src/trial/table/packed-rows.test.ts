import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonHash } from "../evolve/json-hash.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import { RecordRows } from "../list/record-rows.ts";
import type { TrialRows } from "../list/trial-rows.ts";
import type { PackedRows } from "./packed-rows.ts";
import { PackedTrials } from "./packed-trials.ts";
import { anyRecords } from "./records.testing.ts";

/** Everything that rows tell of a trial. */
function toldBy(rows: TrialRows, row: number, names: readonly string[], params: TrialRecord["params"]) {
  return {
    number: rows.number(row),
    state: rows.state(row),
    hidden: rows.isHidden(row),
    configuration: rows.configuration(row),
    replicate: rows.isReplicate(row),
    imported: rows.isImported(row),
    ofProgram: rows.isOfProgram(row),
    decided: rows.isDecided(row),
    seconds: rows.seconds(row),
    reports: rows.reportCount(row),
    values: names.map((name) => rows.values(name)(row)),
    params: names.map((name) => rows.params(name)(row)),
    same: rows.hasParams(params)(row),
  };
}

it("tell of trials in columns what their records tell", () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const packed = new PackedTrials(PackedTrials.pack(records)).rows();
      const plain = new RecordRows(JSON.parse(JSON.stringify(records)).map(withReports(records)));
      const names = ["nothing", ...records.flatMap(({ values, params }) => [values, params].flatMap(Object.keys))];
      const hashes = (packed as PackedRows).paramsHashes();
      expect(packed.length).toBe(records.length);
      for (let row = 0; row < records.length; row++) {
        for (const { params } of records)
          expect(toldBy(packed, row, names, params)).toEqual(toldBy(plain, row, names, params));
        expect(hashes[row]).toBe(jsonHash(records[row]!.params));
      }
    }),
  );
});

/** Records as JSON keeps them, but for their reports. */
function withReports(records: readonly TrialRecord[]) {
  return (record: TrialRecord, row: number): TrialRecord => ({ ...record, reports: records[row]!.reports });
}
