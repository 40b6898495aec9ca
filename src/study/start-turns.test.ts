import { setImmediate as loopTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { StartTurns } from "./start-turns.ts";

function keepBusy(): void {
  const begin = performance.now();
  while (performance.now() - begin < 2);
}

/** Starts that come at once, each of which is over some promises after it began. */
async function startAll(count: number, start: () => void): Promise<readonly string[]> {
  const turns = new StartTurns();
  const seen: string[] = [];
  const one = async (k: number): Promise<void> => {
    start();
    seen.push(`start ${k}`);
    for (let round = 0; round < 20; round++) await null;
    seen.push(`end ${k}`);
  };
  await Promise.all(Array.from({ length: count }, (_, k) => turns.run(() => one(k))));
  return seen;
}

it("starts none after one that keeps the thread busy until its end has gone its way", async () => {
  expect(await startAll(3, keepBusy)).toEqual(["start 0", "end 0", "start 1", "end 1", "start 2", "end 2"]);
});

it("starts in their order, from the next turn on, those that ask, also while others are started", async () => {
  const turns = new StartTurns();
  const seen: number[] = [];
  const start = (k: number) => turns.run(async () => seen.push(k));
  const begun = [
    start(0),
    turns.run(async () => {
      begun.push(start(2));
      seen.push(1);
    }),
  ];
  for (let round = 0; round < 20; round++) await null;
  expect(seen).toEqual([]);
  while (seen.length < 3) await loopTurn();
  expect(seen).toEqual([0, 1, 2]);
  await Promise.all(begun);
});

it("goes on after a start that failed, whose error is told", async () => {
  const turns = new StartTurns();
  const failed = turns.run(async () => await Promise.reject(new Error("no")));
  const next = turns.run(async () => 1);
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe(1);
  expect(await turns.run(async () => 2)).toBe(2);
});
