import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ReportPause } from "./report-pause.ts";

/** What a promise has come to by now; `open` for nothing. */
async function now(promise: Promise<unknown> | null): Promise<unknown> {
  return await Promise.race([promise, delay(0).then(() => "open")]);
}

describe("ReportPause", () => {
  it("holds nobody back before it is asked to", () => {
    const pause = new ReportPause();
    expect([pause.reported(), pause.over]).toEqual([true, null]);
    pause.thaw();
    expect([pause.reported(), pause.over]).toEqual([true, null]);
  });

  it("holds a function back in its next report until it is let go on", async () => {
    const pause = new ReportPause();
    const asked = pause.freeze();
    expect(pause.freeze()).toBe(asked);
    expect(await now(asked)).toBe("open");
    expect(pause.over).toBeNull();
    expect(pause.reported()).toBe(true);
    const { over } = pause;
    expect(await asked).toBe(0);
    expect(await now(over)).toBe("open");
    pause.thaw();
    expect(await now(over)).toBeUndefined();
    expect([pause.over, pause.reported(), pause.over]).toEqual([null, true, null]);
  });

  it("lets one go on that reports again before it has waited, and says why", async () => {
    const pause = new ReportPause();
    const asked = pause.freeze();
    expect(pause.reported()).toBe(true);
    const { over } = pause;
    expect(pause.reported()).toBe(true);
    expect(await asked).toBe("does not await trial.report");
    expect(await now(over)).toBeUndefined();
    expect(pause.over).toBeNull();
    expect(pause.reported()).toBe(true);
  });

  it("tells of one that reports though it was held back, once", async () => {
    const pause = new ReportPause();
    const asked = pause.freeze();
    pause.reported();
    expect(await asked).toBe(0);
    const { over } = pause;
    // Nobody is asked any more, but what was frozen must not go on.
    pause.freeze();
    expect(pause.reported()).toBe(false);
    expect(await now(over)).toBeUndefined();
    expect(pause.reported()).toBe(true);
  });

  it("is taken back before the function has reported", async () => {
    const pause = new ReportPause();
    const first = pause.freeze();
    pause.thaw();
    expect(await first).toBeNull();
    expect([pause.reported(), pause.over]).toEqual([true, null]);
  });

  it("is asked for anew after it was taken back in the midst of a report", async () => {
    const pause = new ReportPause();
    const first = pause.freeze();
    pause.reported();
    pause.thaw();
    expect(await first).toBeNull();
    const second = pause.freeze();
    await delay(5);
    expect(await now(second)).toBe("open");
    expect(pause.over).toBeNull();
    pause.reported();
    expect(await second).toBe(0);
  });
});
