import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../../trial/event.ts";
import { ReceivedEvents } from "./received-events.ts";

function events(first: number, last: number): readonly LoggedEvent[] {
  return Array.from({ length: last - first + 1 }, (_, k) => ({
    revision: first + k,
    at: 0,
    event: { type: "reservation-released" },
  }));
}

/** Texts of those events, so many characters together. */
function texts(of: readonly LoggedEvent[], characters: number): readonly { readonly body: string }[] {
  return of.map((_event, k) => ({ body: k === 0 ? "x".repeat(characters) : "" }));
}

function add(received: ReceivedEvents, of: readonly LoggedEvent[], characters: number): void {
  received.add(of, texts(of, characters));
}

function revisions(found: readonly LoggedEvent[] | null): readonly number[] | null {
  return found?.map(({ revision }) => revision) ?? null;
}

describe("ReceivedEvents", () => {
  it("gives what lies between two revisions, however the events came", () => {
    const received = new ReceivedEvents();
    add(received, events(3, 4), 1);
    add(received, events(4, 6), 1);
    add(received, [], 1);
    add(received, events(5, 5), 1);
    expect(revisions(received.between(2, 6))).toEqual([3, 4, 5, 6]);
    expect(revisions(received.between(3, 5))).toEqual([4, 5]);
    expect(revisions(received.between(6, 6))).toEqual([]);
    expect(received.newest).toBe(6);
  });

  it("says when it lacks some: older ones, newer ones, all", () => {
    const received = new ReceivedEvents();
    expect(received.between(0, 1)).toBeNull();
    expect(revisions(received.between(7, 7))).toEqual([]);
    add(received, events(3, 6), 1);
    expect(received.between(1, 6)).toBeNull();
    expect(received.between(2, 7)).toBeNull();
  });

  it("begins anew after a gap", () => {
    const received = new ReceivedEvents();
    add(received, events(1, 3), 1);
    add(received, events(8, 9), 1);
    expect(received.between(2, 9)).toBeNull();
    expect(revisions(received.between(7, 9))).toEqual([8, 9]);
  });

  it("keeps thousands and not all", () => {
    const received = new ReceivedEvents();
    for (let first = 1; first <= 100_000; first += 100) add(received, events(first, first + 99), 1);
    expect(revisions(received.between(99_900, 100_000))).toHaveLength(100);
    expect(received.between(90_000, 100_000)).toBeNull();
  });

  it("keeps few that are large, and the newest in any case", () => {
    const received = new ReceivedEvents();
    for (let revision = 1; revision <= 100; revision++) {
      add(received, events(revision, revision), 1_000_000);
      expect(revisions(received.between(revision - 1, revision))).toEqual([revision]);
    }
    expect(received.between(90, 100)).toBeNull();
  });

  it("keeps twice as many as it goes back to, one more is too many", () => {
    const received = new ReceivedEvents();
    add(received, events(1, 8_192), 0);
    expect(received.between(0, 8_192)).toHaveLength(8_192);
    add(received, events(8_193, 8_193), 0);
    expect(received.between(4_096, 8_193)).toBeNull();
    expect(received.between(4_097, 8_193)).toHaveLength(4_096);
  });

  it("keeps as many characters as may be, and from one more on what came last", () => {
    const received = new ReceivedEvents();
    add(received, events(1, 2), 524_287);
    add(received, events(3, 3), 1);
    expect(received.between(0, 3)).toHaveLength(3);
    add(received, events(4, 5), 1);
    expect(received.between(2, 5)).toBeNull();
    expect(received.between(3, 5)).toHaveLength(2);
    // Counted anew from there.
    add(received, events(6, 6), 524_287);
    expect(received.between(3, 6)).toHaveLength(3);
    add(received, events(7, 7), 1);
    expect(received.between(5, 7)).toBeNull();
    expect(received.between(6, 7)).toHaveLength(1);
  });

  it("forgets what was counted where many short ones made it forget", () => {
    const received = new ReceivedEvents();
    add(received, events(1, 8_193), 500_000);
    add(received, events(8_194, 8_194), 524_288);
    expect(received.between(4_097, 8_194)).toHaveLength(4_097);
  });

  it("keeps those with long texts as bytes, which it reads once somebody looks", () => {
    const received = new ReceivedEvents();
    const long = (revision: number): LoggedEvent => {
      const reports = Array.from({ length: 200 }, (_none, seq) => ({ seq, step: seq, values: { "größe ✓": seq / 7 } }));
      return { revision, at: 5, event: { type: "reported", trial: 3, reports } };
    };
    const given = [long(1), ...events(2, 2), long(3)];
    received.add(
      given,
      given.map(({ event }) => ({ body: JSON.stringify(event) })),
    );
    const found = received.between(0, 3)!;
    expect(found.map((one) => JSON.parse(JSON.stringify(one)) as unknown)).toEqual(given);
    expect(found[0]!.event).toEqual(given[0]!.event);
    expect(found[0]!.event).toBe(found[0]!.event);
    expect(found[0]!.event).not.toBe(given[0]!.event);
    expect(received.between(1, 2)![0]!.event).toBe(given[1]!.event);
    const text = "x".repeat(5_000);
    received.add(events(4, 4), [{ body: text }]);
    // Nobody looked: it is no JSON.
    expect(revisions(received.between(3, 4))).toEqual([4]);
  });
});
