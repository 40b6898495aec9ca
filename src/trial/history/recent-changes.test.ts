import { describe, expect, it } from "vitest";
import { RecentChanges } from "./recent-changes.ts";

describe("the trials that recent events spoke of", () => {
  it("come in number order, each once", () => {
    const recent = new RecentChanges(10);
    for (const trial of [7, null, 3, 7, 5]) recent.add(trial);
    expect(recent.between(10, 15)).toEqual([3, 5, 7]);
    expect(recent.between(11, 13)).toEqual([3]);
    expect(recent.between(12, 12)).toEqual([]);
    expect(recent.between(9, 15)).toBe(null);
  });

  it("are forgotten when very many came since", () => {
    const recent = new RecentChanges();
    const count = 200_000;
    for (let n = 1; n <= count; n++) recent.add(n);
    expect(recent.between(0, count)).toBe(null);
    expect(recent.between(count - 3, count)).toEqual([count - 2, count - 1, count]);
    const oldest = Array.from({ length: count }, (_none, from) => from).find((from) => recent.between(from, from + 1));
    expect(recent.between(oldest!, oldest! + 2)).toEqual([oldest! + 1, oldest! + 2]);
    expect(count - oldest!).toBeGreaterThan(50_000);
  });
});
