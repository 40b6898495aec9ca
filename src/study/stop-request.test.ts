import { once } from "node:events";
import { beforeEach, expect, it } from "vitest";
import { StopRequest, type UntilHabit } from "./stop-request.ts";

const AT_UNTIL = { atUntil: true, atEnd: null, freezes: false };
const AT_END = { atUntil: true, atEnd: 9, freezes: false };

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
  request.ask();
  expect(asked()).toBe(true);
  await once(control.kill.signal, "abort");
  request.end();
  expect(habit.heeds).toBeNull();
});

it("lets one that came to its step end by itself, and remembers that it did", () => {
  const { asked, request } = requested(60_000);
  request.ask(AT_UNTIL);
  request.end();
  request.reportedOn(5, true);
  expect([asked(), habit.heeds]).toEqual([false, true]);
});

it("asks one that reports on behind its step, and the next ones at once", () => {
  const first = requested(60_000);
  first.request.ask(AT_UNTIL);
  expect(first.asked()).toBe(false);
  first.request.reportedOn(5, true);
  expect(first.asked()).toBe(true);
  first.request.end();
  const second = requested(60_000);
  second.request.ask(AT_UNTIL);
  expect([second.asked(), habit.heeds]).toEqual([true, false]);
  second.request.end();
});

it("asks one that neither ends nor reports within its grace", async () => {
  const { control, request } = requested(1);
  request.ask(AT_UNTIL);
  await once(control.stop.signal, "abort");
  await once(control.kill.signal, "abort");
  request.end();
  expect(habit.heeds).toBe(false);
});

it("asks nothing of a program that has ended", () => {
  const { asked, request } = requested(1);
  request.end();
  request.ask();
  request.ask(AT_UNTIL);
  expect([asked(), habit.heeds]).toEqual([false, null]);
});

it("lets one end by itself that told the last step of a full run, which says nothing of the step that it was given", () => {
  const { asked, request } = requested(60_000);
  request.ask(AT_END);
  request.reportedOn(9, true);
  expect(asked()).toBe(false);
  request.end();
  expect(habit.heeds).toBeNull();
});

it("asks one that goes on past the last step of a full run, or neither ends nor reports within its grace", async () => {
  const longer = requested(60_000);
  longer.request.ask(AT_END);
  longer.request.reportedOn(10, false);
  expect([longer.asked(), habit.heeds]).toEqual([true, null]);
  longer.request.end();
  const silent = requested(1);
  silent.request.ask({ ...AT_END, freezes: true });
  await once(silent.control.freeze.signal, "abort");
  silent.request.end();
  expect(habit.heeds).toBeNull();
});
