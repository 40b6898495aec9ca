import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { StudyEvent } from "../../trial/event.ts";
import { evolve } from "../../trial/evolve/evolve.ts";
import { blockBody, stateFromParts, TRIALS_PER_BLOCK } from "../../trial/evolve/snapshot.ts";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { StudyState } from "../../trial/study-state.ts";
import { definition } from "../contract/driver.testing.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { Prepared } from "./prepared.ts";
import { SnapshotTable } from "./snapshot-table.ts";

const BLOCKS = 7;

/** A study of some blocks, and what its log is made of. */
class Bench {
  readonly database = new DatabaseSync(":memory:");
  readonly table: SnapshotTable;
  readonly log: StudyEvent[] = [];
  readonly state = new StudyState();

  constructor() {
    migrate(this.database, ":memory:", MIGRATIONS, 0);
    this.table = new SnapshotTable(new Prepared(this.database));
    this.append({ type: "study-created", definition: definition("blocks") });
    for (let trial = 0; trial < BLOCKS * TRIALS_PER_BLOCK - 5; trial++) this.#import(trial);
  }

  append(event: StudyEvent): void {
    this.log.push(event);
    evolve(this.state, { revision: this.log.length, at: this.log.length, event });
  }

  #import(trial: number): void {
    const rest = { values: { loss: trial }, reports: [], startedAt: 1, finishedAt: 2, attributes: {} };
    this.append({ type: "imported", trial, params: { x: trial }, state: "complete", ...rest });
  }

  /** What the stored snapshot and the events after it give; null without a snapshot. */
  loaded(): StudyState | null {
    const stored = this.table.load(1);
    if (stored === null) return null;
    const state = stateFromParts(JSON.parse(stored.head), stored.blocks);
    if (state === null) throw new Error("the snapshot is not whole");
    for (const [k, event] of this.log.entries())
      if (k >= state.revision) evolve(state, { revision: k + 1, at: k + 1, event });
    return state;
  }

  rows(): number {
    return Number(this.database.prepare("SELECT COUNT(*) AS n FROM snapshot_block").get()?.n);
  }
}

it("writes few blocks at a time, while the study goes on, and is true at every moment", () => {
  const bench = new Bench();
  const expectTrue = (): void => {
    const loaded = bench.loaded();
    if (loaded !== null) expect(stateToJson(loaded)).toEqual(stateToJson(bench.state));
  };
  let steps = 0;
  const whole = (): void => {
    for (let before = bench.rows(); !bench.table.step(1, bench.state); before = bench.rows()) {
      expect(bench.rows() - before).toBeLessThanOrEqual(2);
      expectTrue();
      // An old trial changes between two steps.
      bench.append({ type: "invalidated", trial: (steps * 1_500) % 7_000, reason: null });
      expectTrue();
      steps++;
    }
    expect(bench.table.revision(1)).toBe(bench.state.revision);
    expect(bench.rows()).toBe(BLOCKS);
    expectTrue();
  };
  whole();
  expect(steps).toBeGreaterThan(2);
  for (const trial of [1, 1_100, 2_200, 3_300, 4_400, 5_500])
    bench.append({ type: "invalidated", trial, reason: null });
  expectTrue();
  whole();
});

it("writes again only the blocks that changed", () => {
  const bench = new Bench();
  while (!bench.table.step(1, bench.state));
  const revisions = (): unknown[] =>
    bench.database.prepare("SELECT block, revision FROM snapshot_block ORDER BY block").all();
  const before = revisions();
  bench.append({ type: "invalidated", trial: 3 * TRIALS_PER_BLOCK, reason: null });
  expect(bench.table.step(1, bench.state)).toBe(true);
  expect(revisions()).toEqual(before.map((row, block) => (block === 3 ? { block, revision: bench.log.length } : row)));
});

it("leaves the snapshot before in force until the new one is whole, whoever writes it", () => {
  const bench = new Bench();
  while (!bench.table.step(1, bench.state));
  for (const trial of [1, 1_100, 2_200, 3_300]) bench.append({ type: "invalidated", trial, reason: null });
  const revision = bench.table.revision(1);
  expect(bench.table.step(1, bench.state)).toBe(false);
  expect(bench.table.revision(1)).toBe(revision);
  // Another process goes on with it, which has the state from the log.
  const other = new StudyState();
  for (const [k, event] of bench.log.entries()) evolve(other, { revision: k + 1, at: k + 1, event });
  expect(bench.table.step(1, other)).toBe(true);
  expect(bench.rows()).toBe(BLOCKS);
  expect(stateToJson(bench.loaded()!)).toEqual(stateToJson(bench.state));
});

it("writes a snapshot anew that is of another format, and takes over none of its blocks, be they of the same revision", () => {
  const bench = new Bench();
  while (!bench.table.step(1, bench.state));
  const { database } = bench;
  database.exec("UPDATE snapshot SET format = format - 1; UPDATE snapshot_block SET body = x'00'");
  const table = new SnapshotTable(new Prepared(database));
  expect(table.load(1)).toBeNull();
  let steps = 0;
  while (!table.step(1, bench.state)) {
    // What goes on meanwhile.
    if (steps++ === 1) bench.append({ type: "invalidated", trial: 1, reason: null });
  }
  expect(steps).toBeGreaterThan(2);
  const loaded = stateFromParts(JSON.parse(table.load(1)!.head), table.load(1)!.blocks);
  expect(stateToJson(loaded!)).toEqual(stateToJson(bench.state));
  expect(bench.rows()).toBe(BLOCKS);
});

it("gives each block by itself as it was at a revision, and none that is not there", () => {
  const bench = new Bench();
  expect(bench.table.block(1, 0, bench.state.revision)).toBeNull();
  while (!bench.table.step(1, bench.state));
  const revision = bench.table.revision(1);
  for (const block of [0, BLOCKS - 1])
    expect(Buffer.from(bench.table.block(1, block, revision)!)).toEqual(Buffer.from(blockBody(bench.state, block)));
  expect(bench.table.block(1, BLOCKS, revision)).toBeNull();
  expect(bench.table.block(2, 0, revision)).toBeNull();
});

it("writes two blocks at a time, and with the last of them the head", () => {
  const bench = new Bench();
  const seen: number[] = [];
  while (!bench.table.step(1, bench.state)) seen.push(bench.rows());
  expect([seen, bench.rows()]).toEqual([[2, 4, 6], BLOCKS]);
  const written = bench.database.prepare("SELECT total_changes() AS n").get();
  expect(bench.table.step(1, bench.state)).toBe(true);
  expect(bench.database.prepare("SELECT total_changes() AS n").get()).toEqual(written);
});

it("hands over once what it has loaded, as long as there is nothing newer", () => {
  const bench = new Bench();
  expect([bench.table.take(1), bench.table.revision(1)]).toEqual([null, 0]);
  while (!bench.table.step(1, bench.state));
  const loaded = bench.table.load(1)!;
  const taken = bench.table.take(1)!;
  expect(taken.blocks).toHaveLength(BLOCKS);
  for (const [k, block] of taken.blocks.entries()) expect(block).toBe(loaded.blocks[k]);
  const again = bench.table.take(1)!;
  expect(again.blocks[0]).not.toBe(taken.blocks[0]);
  expect(again).toEqual(taken);
  bench.table.load(1);
  bench.append({ type: "invalidated", trial: 1, reason: null });
  bench.table.step(1, bench.state);
  expect(bench.table.take(1)!.revision).toBe(bench.state.revision);
});

it("reads blocks as of a revision where all are there, of trials and of reports", () => {
  const bench = new Bench();
  while (!bench.table.step(1, bench.state));
  const revision = bench.table.revision(1);
  const count = BLOCKS * TRIALS_PER_BLOCK;
  expect(bench.table.reader(1, count + 1, 0, revision)).toBeNull();
  expect(bench.table.reader(1, count, 1, revision)).toBeNull();
  expect(bench.table.reader(1, 1, 0, revision - 1)).toBeNull();
  expect(bench.table.reader(1, 0, 0, revision - 1)).not.toBeNull();
  const read = bench.table.reader(1, count, 0, revision)!;
  const before = Buffer.from(read(0));
  expect(before).toEqual(Buffer.from(blockBody(bench.state, 0)));
  bench.append({ type: "invalidated", trial: 1, reason: null });
  bench.database.exec("UPDATE snapshot_block SET revision = revision + 9 WHERE block = 0");
  expect(() => read(0)).toThrow(new SyntaxError("block 0 of a snapshot is not there"));
  expect(bench.table.reader(1, count, 0, revision)).toBeNull();
  expect(Buffer.from(bench.table.readerOf(1)(0))).toEqual(before);
});
