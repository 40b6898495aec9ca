import { once } from "node:events";
import { beforeEach, expect, it } from "vitest";
import { StopRequest, type UntilHabit } from "./stop-request.ts";

let habit: UntilHabit;
beforeEach(() => {
  habit = { heeds: null };
});

function requested(graceMs: number) {
  const control = { stop: new AbortController(), kill: new AbortController(), freeze: new AbortController() };
  const asked = (): boolean => control.stop.signal.aborted;
  return { control, asked, request: new StopRequest(control, graceMs, habit) };
}

it("asks a program at once, and kills it when its grace is over", async () => {
  const { control, asked, request } = requested(1);
  request.ask(false);
  expect(asked()).toBe(true);
  await once(control.kill.signal, "abort");
  request.end();
  expect(habit.heeds).toBeNull();
});

it("lets one that came to its step end by itself, and remembers that it did", () => {
  const { asked, request } = requested(60_000);
  request.ask(true);
  request.end();
  request.reportedOn();
  expect([asked(), habit.heeds]).toEqual([false, true]);
});

it("asks one that reports on behind its step, and the next ones at once", () => {
  const first = requested(60_000);
  first.request.ask(true);
  expect(first.asked()).toBe(false);
  first.request.reportedOn();
  expect(first.asked()).toBe(true);
  first.request.end();
  const second = requested(60_000);
  second.request.ask(true);
  expect([second.asked(), habit.heeds]).toEqual([true, false]);
  second.request.end();
});

it("asks one that neither ends nor reports within its grace", async () => {
  const { control, request } = requested(1);
  request.ask(true);
  await once(control.stop.signal, "abort");
  await once(control.kill.signal, "abort");
  request.end();
  expect(habit.heeds).toBe(false);
});

it("asks nothing of a program that has ended", () => {
  const { asked, request } = requested(1);
  request.end();
  request.ask(false);
  request.ask(true);
  expect([asked(), habit.heeds]).toEqual([false, null]);
});
