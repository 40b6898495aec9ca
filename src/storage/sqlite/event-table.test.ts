import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventRow } from "./cached-study.ts";
import { EventTable } from "./event-table.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { packEvents, unpackEvents } from "./packed-events.ts";
import { Prepared } from "./prepared.ts";

function bodyOf(revision: number): string {
  return JSON.stringify({
    type: "invalidated",
    trial: revision,
    reason: `ü\u0000\u2028 ${"x".repeat(revision % 50)}\n`,
  });
}

function row(revision: number): EventRow {
  // A clock that was set back now and then.
  return { revision, at: 1_700_000_000_000 + ((revision * 7_919) % 1_000), body: bodyOf(revision) };
}

function filled(events: number): { readonly table: EventTable; readonly database: DatabaseSync } {
  const database = new DatabaseSync(":memory:");
  migrate(database, ":memory:", MIGRATIONS, 0);
  const table = new EventTable(new Prepared(database));
  for (let revision = 1; revision <= events; revision++) table.append(1, row(revision));
  return { table, database };
}

const rows = (after: number, upTo: number): readonly EventRow[] =>
  Array.from({ length: Math.max(0, upTo - after) }, (_none, k) => row(after + 1 + k));

it("answers any stretch of the log the same, packed or not", () => {
  const { table, database } = filled(9_000);
  table.append(2, row(1));
  const count = (name: string): unknown => database.prepare(`SELECT COUNT(*) AS n FROM ${name}`).get()?.n;
  for (let packed = 0; table.worthPacking(1, 9_000); packed++) {
    expect(count("event_run")).toBe(packed);
    table.pack(1);
  }
  expect(count("event_run")).toBe(3);
  expect(count("event")).toBe(9_000 - 3 * 2_048 + 1);
  table.pack(1);
  table.pack(2);
  expect(count("event_run")).toBe(3);
  const revision = fc.oneof(fc.nat(9_100), fc.constantFrom(0, 2_047, 2_048, 2_049, 6_143, 6_144, 6_145, 9_000));
  fc.assert(
    fc.property(revision, revision, (after, upTo) => {
      expect(table.between(1, after, upTo)).toEqual(rows(after, Math.min(upTo, 9_000)));
    }),
  );
  expect(table.between(1, 5_000)).toEqual(rows(5_000, 9_000));
  expect([...table.all(1)]).toEqual(rows(0, 9_000));
  expect(table.between(2, 0)).toEqual(rows(0, 1));
  expect(table.newest(1)).toBe(9_000);
});

it("reads on while another process packs", () => {
  const { table, database } = filled(4_000);
  const other = new EventTable(new Prepared(database));
  expect(other.worthPacking(1, 4_000)).toBe(true);
  table.pack(1);
  expect(other.between(1, 0)).toEqual(rows(0, 4_000));
  other.pack(1);
  expect(other.worthPacking(1, 4_000)).toBe(false);
  expect(other.between(1, 0)).toEqual(rows(0, 4_000));
});

it("reads nothing twice and leaves nothing out when another process packs between its two looks", () => {
  const { table, database } = filled(4_000);
  const sql = new Prepared(database);
  const all = sql.all.bind(sql);
  sql.all = ((name, ...values) => {
    if (name === "runsBetween") table.pack(1);
    return all(name, ...values);
  }) as typeof sql.all;
  const reader = new EventTable(sql);
  database.exec("DELETE FROM event WHERE study = 1 AND revision <= 5");
  expect(reader.between(1, 0, 3_000)).toEqual(rows(5, 3_000));
  expect(table.between(1, 0, 3_000)).toEqual(rows(5, 3_000));
});

it("packs few large events at a time", () => {
  const { table, database } = filled(0);
  const large = (revision: number): EventRow => ({ revision, at: 0, body: JSON.stringify("y".repeat(100_000)) });
  for (let revision = 1; revision <= 3_100; revision++)
    table.append(1, revision < 400 ? large(revision) : row(revision));
  table.pack(1);
  expect(database.prepare("SELECT last FROM event_run").get()).toEqual({ last: 20 });
  expect(table.between(1, 18, 22)).toEqual([19, 20, 21, 22].map(large));
});

it("says of a run that is damaged that it cannot be read", () => {
  const body = packEvents([row(1), row(2)]);
  expect(unpackEvents(body, 1)).toEqual([row(1), row(2)]);
  expect(() => unpackEvents(body.slice(0, -3), 1)).toThrow(SyntaxError);
  expect(() => unpackEvents(new Uint8Array([1, 2, 3]), 1)).toThrow(SyntaxError);
});

it("packs one event alone that is larger than a run may be, and as much as a run may hold", () => {
  const { table, database } = filled(0);
  const of = (revision: number, characters: number): EventRow => ({ revision, at: 0, body: "y".repeat(characters) });
  table.append(1, of(1, 2_097_153));
  table.append(1, of(2, 2_097_152 - 5));
  table.append(1, of(3, 5));
  for (let revision = 4; revision <= 6_000; revision++) table.append(1, of(revision, 1));
  const runs = (): unknown => database.prepare("SELECT first, last FROM event_run ORDER BY first").all();
  table.pack(1);
  expect(runs()).toEqual([{ first: 1, last: 1 }]);
  table.pack(1);
  expect(runs()).toEqual([
    { first: 1, last: 1 },
    { first: 2, last: 3 },
  ]);
  expect(table.between(1, 0, 5).map(({ body }) => body.length)).toEqual([2_097_153, 2_097_147, 5, 1, 1]);
});

it("packs once there are a run and the newest thousand besides, and not before", () => {
  const { table, database } = filled(2_048 + 1_024 - 1);
  const runs = (): number => Number(database.prepare("SELECT COUNT(*) AS n FROM event_run").get()?.n);
  expect(table.worthPacking(1, 3_071)).toBe(false);
  table.pack(1);
  expect(runs()).toBe(0);
  table.append(1, row(3_072));
  expect(table.worthPacking(1, 3_072)).toBe(true);
  table.pack(1);
  expect(runs()).toBe(1);
  expect(table.worthPacking(1, 3_072 + 2_047)).toBe(false);
  expect(table.worthPacking(1, 3_072 + 2_048)).toBe(true);
  for (let look = 0; look < 2; look++) {
    expect(table.worthPacking(2, 3_071)).toBe(false);
    expect(table.worthPacking(2, 3_072)).toBe(true);
  }
  // Another process, which looks where the packed part ends, and keeps it.
  const other = new EventTable(new Prepared(database));
  for (let look = 0; look < 2; look++) {
    expect(other.worthPacking(1, 3_072 + 2_047)).toBe(false);
    expect(other.worthPacking(1, 3_072 + 2_048)).toBe(true);
  }
  expect([...table.all(1, 2_047)].map(({ revision }) => revision)).toEqual(
    rows(2_047, 3_072).map(({ revision }) => revision),
  );
});
