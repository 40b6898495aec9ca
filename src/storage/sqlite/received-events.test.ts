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

function revisions(found: readonly LoggedEvent[] | null): readonly number[] | null {
  return found?.map(({ revision }) => revision) ?? null;
}

describe("ReceivedEvents", () => {
  it("gives what lies between two revisions, however the events came", () => {
    const received = new ReceivedEvents();
    received.add(events(3, 4), 1);
    received.add(events(4, 6), 1);
    received.add([], 1);
    received.add(events(5, 5), 1);
    expect(revisions(received.between(2, 6))).toEqual([3, 4, 5, 6]);
    expect(revisions(received.between(3, 5))).toEqual([4, 5]);
    expect(revisions(received.between(6, 6))).toEqual([]);
    expect(received.newest).toBe(6);
  });

  it("says when it lacks some: older ones, newer ones, all", () => {
    const received = new ReceivedEvents();
    expect(received.between(0, 1)).toBeNull();
    expect(revisions(received.between(7, 7))).toEqual([]);
    received.add(events(3, 6), 1);
    expect(received.between(1, 6)).toBeNull();
    expect(received.between(2, 7)).toBeNull();
  });

  it("begins anew after a gap", () => {
    const received = new ReceivedEvents();
    received.add(events(1, 3), 1);
    received.add(events(8, 9), 1);
    expect(received.between(2, 9)).toBeNull();
    expect(revisions(received.between(7, 9))).toEqual([8, 9]);
  });

  it("keeps thousands and not all", () => {
    const received = new ReceivedEvents();
    for (let first = 1; first <= 100_000; first += 100) received.add(events(first, first + 99), 1);
    expect(revisions(received.between(99_900, 100_000))).toHaveLength(100);
    expect(received.between(90_000, 100_000)).toBeNull();
  });

  it("keeps few that are large, and the newest in any case", () => {
    const received = new ReceivedEvents();
    for (let revision = 1; revision <= 100; revision++) {
      received.add(events(revision, revision), 1_000_000);
      expect(revisions(received.between(revision - 1, revision))).toEqual([revision]);
    }
    expect(received.between(90, 100)).toBeNull();
  });

  it("keeps twice as many as it goes back to, one more is too many", () => {
    const received = new ReceivedEvents();
    received.add(events(1, 8_192), 0);
    expect(received.between(0, 8_192)).toHaveLength(8_192);
    received.add(events(8_193, 8_193), 0);
    expect(received.between(4_096, 8_193)).toBeNull();
    expect(received.between(4_097, 8_193)).toHaveLength(4_096);
  });

  it("keeps as many characters as may be, and from one more on what came last", () => {
    const received = new ReceivedEvents();
    received.add(events(1, 2), 524_287);
    received.add(events(3, 3), 1);
    expect(received.between(0, 3)).toHaveLength(3);
    received.add(events(4, 5), 1);
    expect(received.between(2, 5)).toBeNull();
    expect(received.between(3, 5)).toHaveLength(2);
    // Counted anew from there.
    received.add(events(6, 6), 524_287);
    expect(received.between(3, 6)).toHaveLength(3);
    received.add(events(7, 7), 1);
    expect(received.between(5, 7)).toBeNull();
    expect(received.between(6, 7)).toHaveLength(1);
  });

  it("forgets what was counted where many short ones made it forget", () => {
    const received = new ReceivedEvents();
    received.add(events(1, 8_193), 500_000);
    received.add(events(8_194, 8_194), 524_288);
    expect(received.between(4_097, 8_194)).toHaveLength(4_097);
  });
});
