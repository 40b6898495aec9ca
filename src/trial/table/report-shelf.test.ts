import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackedReports } from "./packed-reports.ts";
import { ReportList } from "./report-list.ts";
import { ReportShelf } from "./report-shelf.ts";
import type { ShelvedReports } from "./shelved-reports.ts";

const WHOLE = 65_536;

/** Reports of a trial that can be told from those of all others. */
function reportsOf(trial: number, count: number): PackedReports {
  const list = new ReportList();
  for (let step = 0; step < count; step++) list.push({ step, values: { loss: trial + Math.sqrt(step) } }, step);
  return PackedReports.pack(list);
}

interface Put {
  readonly shelved: ShelvedReports;
  readonly packed: PackedReports;
}

/** Trials with so many reports, the n-th of which ended at revision n + 1. */
function fill(shelf: ReportShelf, counts: readonly number[], first = 0): readonly Put[] {
  return counts.map((count, k) => {
    const packed = reportsOf(first + k, count);
    return { packed, shelved: shelf.put(packed, first + k + 1) };
  });
}

function expectHeld(puts: readonly Put[]): void {
  for (const { shelved, packed } of puts) {
    const last = packed.length - 1;
    expect(shelved.length).toBe(packed.length);
    for (const seq of [0, last >> 1, last])
      expect([shelved.step(seq), shelved.revision(seq), shelved.value(seq, "loss"), shelved.values(seq)]).toEqual([
        ...[packed.step(seq), packed.revision(seq), packed.value(seq, "loss"), packed.values(seq)],
      ]);
  }
}

const bodies = (shelf: ReportShelf): readonly Buffer[] => shelf.revisions.map((_one, k) => Buffer.from(shelf.body(k)));
const counts = fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(900, 5_000, 9_000)), {
  maxLength: 40,
});

describe("ReportShelf", () => {
  it("gives back what was put, in pieces that are whole but for the last", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const shelf = new ReportShelf();
        const puts = fill(shelf, given);
        expectHeld(puts);
        const pieces = bodies(shelf);
        for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(WHOLE);
        expect(Buffer.concat(pieces)).toEqual(Buffer.concat(puts.map(({ packed }) => packed.bytes)));
        expect(shelf.revisions.at(-1) ?? 0).toBe(given.length);
        expect([...shelf.revisions]).toEqual([...shelf.revisions].sort((a, b) => a - b));
        const whole = pieces.filter(({ length }) => length >= WHOLE);
        expect(shelf.spareable).toBe(whole.reduce((sum, { length }) => sum + length, 0));
      }),
      { numRuns: 40 },
    );
  });

  it("goes on from its pieces, held or read later, as if nothing had been between", () => {
    fc.assert(
      fc.property(counts, counts, fc.boolean(), (before, after, late) => {
        const [shelf, other] = [new ReportShelf(), new ReportShelf()];
        const puts = fill(shelf, before);
        const stored = bodies(shelf);
        if (late) other.holdLate(shelf.revisions, (piece) => stored[piece]!);
        else for (const [piece, body] of stored.entries()) other.hold(body, shelf.revisions[piece]!);
        const more = fill(other, after, before.length);
        fill(shelf, after, before.length);
        expect(bodies(other)).toEqual(bodies(shelf));
        expect(other.revisions).toEqual(shelf.revisions);
        for (const { shelved, packed } of puts) {
          const { piece, offset } = shelved.place;
          expect(other.list(piece, offset).value(0, "loss")).toBe(packed.value(0, "loss"));
        }
        expectHeld(more);
      }),
      { numRuns: 40 },
    );
  });

  it("gives up whole pieces that somebody else has, and reads them when they are looked at", () => {
    const shelf = new ReportShelf();
    const puts = fill(shelf, [9_000, 20, 9_000, 30, 40]);
    expectHeld(puts);
    const stored = bodies(shelf);
    expect(stored).toHaveLength(3);
    const read: number[] = [];
    const reader = (piece: number): Uint8Array => {
      read.push(piece);
      return stored[piece]!;
    };
    shelf.giveUp(0, reader);
    expect([shelf.spareable, shelf.isLasting]).toEqual([stored[0]!.length + stored[1]!.length, false]);
    shelf.giveUp(1, reader);
    expect(shelf.spareable).toBe(stored[1]!.length);
    shelf.giveUp(5, reader);
    expect(shelf.spareable).toBe(0);
    expectHeld(puts);
    // Each once: it is kept while it is among those looked at last. The one that grows is not given up.
    expect(read).toEqual([0, 1, 1].slice(0, read.length));
    expect(new Set(read)).toEqual(new Set([0, 1]));
    expect(bodies(shelf)).toEqual(stored);
  });

  it("lets go of what was read when others are looked at", () => {
    const shelf = new ReportShelf();
    const puts = fill(
      shelf,
      Array.from({ length: 6 }, () => 9_000),
    );
    const stored = bodies(shelf);
    let read = 0;
    shelf.giveUp(6, (piece) => {
      read += 1;
      return stored[piece]!;
    });
    expectHeld(puts);
    expect(read).toBe(6);
    expectHeld(puts.slice(2));
    expect(read).toBe(6);
    expectHeld(puts.slice(0, 1));
    expect(read).toBe(7);
  });

  it("says so where nothing begins", () => {
    const shelf = new ReportShelf();
    fill(shelf, [3]);
    for (const [piece, offset] of [
      [0, 9_999],
      [5, 0],
    ] as const)
      expect(() => shelf.list(piece, offset)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
  });
});
