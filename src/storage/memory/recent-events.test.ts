import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../../trial/event.ts";
import { RecentEvents } from "./recent-events.ts";

const events = (from: number, count: number, reports = 0): readonly LoggedEvent[] =>
  Array.from({ length: count }, (_none, k) => {
    const told = { type: "reported", trial: 0, reports: Array.from({ length: reports }, (_one, seq) => ({ seq })) };
    return { revision: from + k, at: 0, event: told } as unknown as LoggedEvent;
  });

const revisions = (found: readonly LoggedEvent[] | null) => found?.map(({ revision }) => revision) ?? null;

describe("RecentEvents", () => {
  it("gives what came since a sender knew all, to the newest, as the same objects", () => {
    const recent = new RecentEvents();
    expect(recent.between(0, 0)).toBeNull();
    const [one, two] = [events(5, 2), events(7, 1)];
    recent.add(one, true);
    recent.add(two, false);
    expect(revisions(recent.between(4, 7))).toEqual([5, 6, 7]);
    expect(revisions(recent.between(6, 7))).toEqual([7]);
    expect(revisions(recent.between(7, 7))).toEqual([]);
    expect(recent.between(6, 7)![0]).toBe(two[0]);
  });

  it("has none of what came before, and nothing where the log is further", () => {
    const recent = new RecentEvents();
    recent.add(events(1, 3), false);
    recent.add(events(4, 1), true);
    expect(recent.between(2, 4)).toBeNull();
    expect(revisions(recent.between(3, 4))).toEqual([4]);
    expect(recent.between(3, 5)).toBeNull();
  });

  it("begins anew where something between was not told, and stays where nothing is new", () => {
    const recent = new RecentEvents();
    recent.add(events(1, 2), true);
    recent.add(events(4, 1), false);
    expect(recent.between(1, 4)).toBeNull();
    expect(revisions(recent.between(3, 4))).toEqual([4]);
    recent.add([], true);
    expect(revisions(recent.between(3, 4))).toEqual([4]);
  });

  it("keeps some thousands of events and reports at most", () => {
    const many = new RecentEvents();
    for (let revision = 1; revision <= 5_000; revision++) many.add(events(revision, 1), false);
    expect(many.between(0, 5_000)).toBeNull();
    expect(many.between(4_500, 5_000)).toHaveLength(500);
    const long = new RecentEvents();
    for (let revision = 1; revision <= 6; revision++) long.add(events(revision, 1, 1_500), false);
    expect(long.between(0, 6)).toBeNull();
    expect(long.between(3, 6)).toHaveLength(3);
  });
});
