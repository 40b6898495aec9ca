import { expect, it, vi } from "vitest";
import { AwakeTimer } from "./awake-timer.ts";

/** Calls back when the timer does, and answers after how many ms that was. */
async function after(ms: number, meanwhile: (timer: AwakeTimer) => void = () => undefined): Promise<number> {
  const over = Promise.withResolvers<void>();
  const begun = performance.now();
  const timer = new AwakeTimer(ms, over.resolve);
  meanwhile(timer);
  await over.promise;
  return performance.now() - begun;
}

/** The process has no turn, as if it were stopped. */
function stand(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it("waits as long as it was told, and begins anew when it is refreshed", async () => {
  expect(await after(20)).toBeGreaterThanOrEqual(18);
  expect(await after(0)).toBeGreaterThanOrEqual(0);
  const refreshed = await after(700, (timer) => setTimeout(() => timer.refresh(), 300));
  expect(refreshed).toBeGreaterThanOrEqual(990);
});

it("does not count the time in which its process stood still", async () => {
  const stood = 1500;
  expect(await after(600, () => stand(stood))).toBeGreaterThanOrEqual(stood + 290);
});

it("calls nobody once it is cleared", async () => {
  const calls: string[] = [];
  const timer = new AwakeTimer(1, () => calls.push("called"));
  timer.clear();
  await after(20);
  expect(calls).toEqual([]);
});

it("wakes its process no more often than it has to", async () => {
  const plans = vi.spyOn(globalThis, "setTimeout");
  try {
    await after(60);
    // A timer may come a little early, and is waited for once more then.
    expect(plans.mock.calls.length).toBeLessThanOrEqual(3);
    expect(plans.mock.calls[0]?.[1]).toBeGreaterThan(50);
  } finally {
    plans.mockRestore();
  }
});

it("stands still while it is held, also when it is refreshed meanwhile", async () => {
  const acts: string[] = [];
  const timer = new AwakeTimer(30, () => acts.push("held"));
  timer.hold();
  timer.hold();
  timer.refresh();
  await after(90);
  expect(acts).toEqual([]);
  const over = Promise.withResolvers<void>();
  const other = new AwakeTimer(60_000, over.resolve);
  other.hold();
  other.clear();
  timer.goOn();
  timer.goOn();
  expect(await after(90)).toBeGreaterThan(30);
  expect(acts).toEqual(["held"]);
  // One that is over is not held, and does not begin again.
  timer.hold();
  timer.goOn();
  await after(60);
  expect(acts).toEqual(["held"]);
});

it("is over before a slice is, where it is shorter", async () => {
  const order: string[] = [];
  new AwakeTimer(5, () => order.push("short"));
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(order).toEqual(["short"]);
});
