import { expect, it } from "vitest";
import { StudyState } from "../../trial/study-state.ts";
import { CachedStudy, type EventRow } from "./cached-study.ts";

const row = (revision: number, characters: number): EventRow => {
  const body = JSON.stringify({ type: "attribute-set", trial: null, system: false, key: "note", text: "" });
  return { revision, at: 0, body: body.padEnd(characters) };
};

it("keeps the newest rows, however many, and no more text than a few large ones have", () => {
  const study = new CachedStudy(new StudyState());
  for (let revision = 1; revision <= 100; revision++) study.apply([row(revision, 125_000)]);
  expect(study.rowsAfter(97)?.map(({ revision }) => revision)).toEqual([98, 99, 100]);
  expect(study.rowsAfter(80)).toBeNull();
  for (let revision = 101; revision <= 10_000; revision++) study.apply([row(revision, 100)]);
  expect(study.rowsAfter(9_000)?.length).toBe(1_000);
  expect(study.rowsAfter(7_000)).toBeNull();
  expect(study.rowsAfter(10_000)).toEqual([]);
});

it("keeps a row that is larger than all that is kept", () => {
  const study = new CachedStudy(new StudyState());
  study.apply([row(1, 20_000_000)]);
  expect(study.rowsAfter(0)?.map(({ revision }) => revision)).toEqual([1]);
});

it("keeps half of the rows when there are too many, and counts what came since the snapshot", () => {
  const study = new CachedStudy(new StudyState());
  for (let revision = 1; revision <= 2_048; revision++) study.apply([row(revision, 100)]);
  expect(study.rowsAfter(0)?.length).toBe(2_048);
  study.apply([row(2_049, 100)]);
  expect(study.rowsAfter(2_049 - 1_024)?.length).toBe(1_024);
  expect(study.rowsAfter(2_049 - 1_025)).toBeNull();
  expect(study.sinceSnapshot).toBe(2_049);
  study.snapshotRevision = 2_000;
  expect(study.sinceSnapshot).toBe(49);
});

it("keeps as many characters as may be, and forgets at the next one", () => {
  const study = new CachedStudy(new StudyState());
  const most = 2 * 1_048_576;
  study.apply([row(1, most - 100), row(2, 100)]);
  expect(study.rowsAfter(0)?.length).toBe(2);
  study.apply([row(3, 100)]);
  expect(study.rowsAfter(0)).toBeNull();
  expect(study.rowsAfter(1)?.length).toBe(2);
  const half = new CachedStudy(new StudyState());
  // The newest that fit into half of it stay: here the last two and not one more character.
  half.apply([row(1, 350_000), row(2, 1_048_476), row(3, 690_000), row(4, 100)]);
  expect(half.rowsAfter(0)?.length).toBe(4);
  half.apply([row(5, 1_048_476)]);
  expect(half.rowsAfter(3)?.length).toBe(2);
  expect(half.rowsAfter(2)).toBeNull();
});

it("counts them to the last one", () => {
  const study = new CachedStudy(new StudyState());
  study.apply([row(1, 2 * 1_048_576 - 200), row(2, 100), row(3, 101)]);
  expect(study.rowsAfter(0)).toBeNull();
  const half = new CachedStudy(new StudyState());
  half.apply([row(1, 350_000), row(2, 1_048_476), row(3, 690_000), row(4, 101), row(5, 1_048_476)]);
  expect(half.rowsAfter(4)?.length).toBe(1);
  expect(half.rowsAfter(3)).toBeNull();
});
