import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { leased } from "../contract/driver.testing.ts";
import { LeaseKeeper } from "./lease-keeper.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A keeper, and what it renewed and told; `held` are the tokens that still have a trial. */
function keeping(held: ReadonlySet<string>, renewing: () => Promise<unknown> = async () => undefined) {
  const [renewed, failed]: [unknown[], unknown[]] = [[], []];
  const renew = (...given: readonly unknown[]): Promise<unknown> => {
    renewed.push(given);
    return renewing();
  };
  const holds = (study: string, token: string): boolean => held.has(`${study} ${token}`);
  return { keeper: new LeaseKeeper({ holds, renew, failed: (error) => failed.push(error) }, 100), renewed, failed };
}

const claim = (owner: Extract<StudyCommand, { type: "claim" }>["owner"]): StudyCommand => ({
  type: "claim",
  owner,
  candidate: null,
  limit: null,
  until: null,
});

it("renews, each time, what has a trial still, a minute from then on", () => {
  const held = new Set(["1 a", "1 b", "2 c"]);
  const { keeper, renewed } = keeping(held);
  for (const [study, token] of [..."1a1b1a2c2d".matchAll(/../g)].map(([pair]) => [pair[0]!, pair[1]!] as const))
    keeper.took(study, claim(leased(token)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(99);
  expect(renewed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(renewed.splice(0)).toEqual([
    ["1", ["a", "b"], 60_000],
    ["2", ["c"], 60_000],
  ]);
  for (const gone of ["1 a", "2 c"]) held.delete(gone);
  vi.advanceTimersByTime(100);
  expect(renewed.splice(0)).toEqual([["1", ["b"], 60_000]]);
  // It was given back: whoever takes it again is another one.
  held.add("1 a");
  vi.advanceTimersByTime(100);
  expect(renewed).toEqual([["1", ["b"], 60_000]]);
  keeper.end();
  keeper.end();
  expect(vi.getTimerCount()).toBe(0);
});

it("has nothing to do with trials of others, nor with commands that take none", () => {
  const { keeper } = keeping(new Set());
  keeper.took("1", { type: "delete" });
  keeper.took("1", claim({ kind: "detached", token: "t" }));
  expect(vi.getTimerCount()).toBe(0);
  keeper.end();
});

it("tells why leases were not renewed, and goes on", async () => {
  const refused = Promise.reject(new Error("locked"));
  const { keeper, renewed, failed } = keeping(new Set(["1 a"]), () => refused);
  keeper.took("1", claim(leased("a")));
  vi.advanceTimersByTime(200);
  await refused.catch(() => undefined);
  expect([renewed.length, failed.map(String)]).toEqual([2, ["Error: locked", "Error: locked"]]);
  keeper.end();
});
